/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.task;

import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.constraint.FieldConstraints;
import com.cronutils.model.field.constraint.FieldConstraintsBuilder;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.visitor.ValidationFieldExpressionVisitor;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.model.field.value.IntegerFieldValue;
import com.cronutils.model.field.value.SpecialChar;
import com.cronutils.parser.CronParserField;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** What one field of a cron expression allows. Not thread-safe. */
final class CronField {

    /** The library takes more than this, and guesses what is meant. */
    private static final Pattern FORMS = Pattern.compile("\\*(/N)?|V(-V)?(/N)?|L(-N)?|LW|NW|VL|V#N"
            .replace("V", "([0-9]{1,2}|[A-Z]{3})")
            .replace("N", "[0-9]{1,2}"));

    private static final int WEEK = 7;
    private static final int MOST_WEEKS = 5;

    private final CronFieldName name;
    private final FieldConstraints limits;
    private long values;
    private final List<ToIntFunction<YearMonth>> special = new ArrayList<>();
    private boolean open;

    /**
     * Reads a field.
     *
     * @param text in upper case
     * @param six whether it belongs to the form with six fields
     * @throws IllegalArgumentException saying what is wrong, without the place
     */
    CronField(CronFieldName name, String text, boolean six) {
        this.name = name;
        this.limits = limits(name, six);
        if (text.equals("?") && limits.getSpecialChars().contains(SpecialChar.QUESTION_MARK)) {
            open = true;
            return;
        }
        for (String part : text.split(",", -1)) {
            try {
                add(read(part));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + part + "' can't be the " + described(name, six) + ", also as '*', '1-5', '1,5' or '*/5'",
                        e);
            }
        }
    }

    private static String described(CronFieldName name, boolean six) {
        return switch (name) {
            case SECOND -> "second, which is 0 to 59";
            case MINUTE -> "minute, which is 0 to 59";
            case HOUR -> "hour, which is 0 to 23";
            case DAY_OF_MONTH -> "day, which is 1 to 31" + (six ? ", 'L', 'L-3', 'LW' or '15W'" : "");
            case MONTH -> "month, which is 1 to 12 or JAN to DEC";
            default -> "weekday, which is 0 to 7 or SUN to SAT" + (six ? ", 'FRIL' or 'FRI#2'" : "");
        };
    }

    private static FieldConstraints limits(CronFieldName name, boolean six) {
        FieldConstraintsBuilder limits = FieldConstraintsBuilder.instance().forField(name);
        if (name == CronFieldName.DAY_OF_WEEK) {
            // Both 0 and 7 are Sunday, and FRI-MON is a range.
            limits.withValidRange(0, WEEK);
        } else {
            limits.withStrictRange();
        }
        if (six && name == CronFieldName.DAY_OF_WEEK) {
            limits.addQuestionMarkSupport().addLSupport().addHashSupport();
        } else if (six && name == CronFieldName.DAY_OF_MONTH) {
            limits.addQuestionMarkSupport().addLSupport().addWSupport().addLWSupport();
        }
        return limits.createConstraintsInstance();
    }

    private FieldExpression read(String part) {
        check(FORMS.matcher(part).matches());
        FieldExpression expression =
                new CronParserField(name, limits).parse(part).getExpression();
        expression.accept(new ValidationFieldExpressionVisitor(limits));
        return expression;
    }

    private static void check(boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not understood");
        }
    }

    private void add(FieldExpression expression) {
        if (expression instanceof Always) {
            open = true;
            addRange(limits.getStartRange(), last(), 1);
        } else if (expression instanceof Between range) {
            addRange(number(range.getFrom()), number(range.getTo()), 1);
        } else if (expression instanceof Every every) {
            addSteps(every.getExpression(), every.getPeriod().getValue());
        } else {
            addOne((On) expression);
        }
    }

    private void addSteps(FieldExpression of, int step) {
        if (of instanceof Between range) {
            addRange(number(range.getFrom()), number(range.getTo()), step);
        } else if (of instanceof On from) {
            check(from.getSpecialChar().getValue() == SpecialChar.NONE);
            addRange(number(from.getTime()), last(), step);
        } else {
            addRange(limits.getStartRange(), last(), step);
        }
    }

    /** The last value that is not another name of the first. */
    private int last() {
        return name == CronFieldName.DAY_OF_WEEK ? WEEK - 1 : limits.getEndRange();
    }

    private void addRange(int from, int to, int step) {
        // Only a week goes round.
        int end = to < from ? to + WEEK : to;
        for (int value = from; value <= end; value += step) {
            addValue(value);
        }
    }

    private void addValue(int value) {
        values |= 1L << (name == CronFieldName.DAY_OF_WEEK ? value % WEEK : value);
    }

    private void addOne(On on) {
        boolean weekday = name == CronFieldName.DAY_OF_WEEK;
        int value = number(on.getTime());
        int nth = number(on.getNth());
        switch (on.getSpecialChar().getValue()) {
            case NONE -> addValue(value);
            case L -> {
                // Spring refuses an L alone as the weekday, and for Quartz it is Saturday.
                check(!weekday || (value >= 0 && nth < 0));
                check(weekday || value < 0);
                special.add(weekday ? CronDays.lastOf(value % WEEK) : CronDays.last(Math.max(0, nth)));
            }
            case LW -> special.add(CronDays::lastWorkday);
            case W -> special.add(CronDays.workday(value));
            case HASH -> {
                check(nth >= 1 && nth <= MOST_WEEKS);
                special.add(CronDays.nth(value % WEEK, nth));
            }
            default -> check(false);
        }
    }

    /** Minus one where the library knows none. */
    private static int number(FieldValue<?> value) {
        check(value instanceof IntegerFieldValue);
        return ((IntegerFieldValue) value).getValue();
    }

    /** A bit for each value; Sunday is 0. */
    long values() {
        return values;
    }

    /** Days that it takes the month to know. */
    List<ToIntFunction<YearMonth>> special() {
        return List.copyOf(special);
    }

    /** Whether everything is allowed, with {@code *} or {@code ?}. */
    boolean isOpen() {
        return open;
    }
}
