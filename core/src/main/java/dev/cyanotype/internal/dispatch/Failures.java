/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.dispatch;

import dev.cyanotype.exchange.HttpException;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.internal.assembly.ErrorScope;
import dev.cyanotype.internal.socket.OverloadException;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.TooManyCallsException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Turns an error into a response: the nearest error handler's, else the default. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cyanotype.exchange");

    /** Then nobody would ever see a stack trace, so it goes to the console. */
    private static final boolean NO_LOGGING = LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory;

    private Failures() {}

    /** The response to an error; never fails. */
    static Response answer(BaseExchange exchange, ErrorScope[] scopes, Throwable thrown) {
        Throwable error = unwrap(thrown);
        for (ErrorScope scope : scopes) {
            HttpException http = asHttp(error);
            ErrorScope.Found found = scope.find(error, http);
            if (found != null) {
                try {
                    Object result = found.handler().handle(exchange, found.error());
                    if (result != null) {
                        exchange.unhandled(null);
                        return result instanceof Response response ? response : Response.of(http.status(), result);
                    }
                } catch (Throwable failure) {
                    if (failure != error && failure != http) {
                        addSuppressed(failure, error);
                    }
                    error = unwrap(failure);
                }
            }
        }
        exchange.unhandled(error);
        return byDefault(exchange, error);
    }

    /** The default answer, which tells the client no more than the status unless the message is meant for it. */
    static Response byDefault(BaseExchange exchange, Throwable error) {
        if (error instanceof HttpException http && (http.status() < 500 || http instanceof OverloadException)) {
            if (exchange.carrier().hasClient()) {
                LOG.debug("{}: {} {}", exchange, http.status(), http.getMessage());
            } else {
                LOG.warn("{}: {} (correlation id {})", exchange, http.getMessage(), exchange.correlationId(), http);
            }
        } else if (status(error) > 500) {
            reportOthers(exchange, error);
        } else {
            report(exchange.toString(), exchange.correlationId(), error);
        }
        HttpException http = asHttp(error);
        Problem problem = Problem.of(http.status());
        if (http == error) {
            problem = problem.detail(http.getMessage());
        }
        return Response.problem(problem.with("correlationId", exchange.correlationId()))
                .headers(http.headers());
    }

    /** Logs the fault of another service: in one line, as there may be one for each request until that service is back. */
    private static void reportOthers(BaseExchange exchange, Throwable error) {
        LOG.warn("{}: {} (correlation id {})", exchange, error.getMessage(), exchange.correlationId());
        LOG.debug("{}", exchange, error);
    }

    /** Logs an error that nobody took. */
    static void report(String what, String correlationId, Throwable error) {
        LOG.error("{} failed (correlation id {})", what, correlationId, error);
        if (NO_LOGGING) {
            synchronized (System.err) {
                System.err.println(what + " failed (correlation id " + correlationId + ")");
                error.printStackTrace();
            }
        }
    }

    /** The error as one that has a status. */
    static HttpException asHttp(Throwable error) {
        if (error instanceof HttpException http) {
            return http;
        }
        int status = status(error);
        return new HttpException(
                status, String.valueOf(Problem.of(status).members().get("title")), error);
    }

    /** What an error means to whoever waits: as of a gateway (RFC 9110, 15.6.3 to 15.6.5) where another service is at fault. */
    private static int status(Throwable error) {
        if (error instanceof CallTimeoutException) {
            return 504;
        }
        if (error instanceof NoResponderException || error instanceof TooManyCallsException) {
            return 503;
        }
        if (error instanceof ErrorReplyException) {
            return 502;
        }
        Throwable cause = error instanceof CallException ? error.getCause() : error;
        return cause instanceof MessagingException failure && isPassing(failure.reason()) ? 503 : 500;
    }

    private static boolean isPassing(MessagingException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE, READ_ONLY, FULL, QUEUE_FULL -> true;
            default -> false;
        };
    }

    static Throwable unwrap(Throwable error) {
        Throwable unwrapped = error;
        while ((unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException)
                && unwrapped.getCause() != null) {
            unwrapped = unwrapped.getCause();
        }
        if (unwrapped instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return unwrapped;
    }

    private static void addSuppressed(Throwable failure, Throwable first) {
        if (failure.getCause() != first) {
            failure.addSuppressed(first);
        }
    }
}
