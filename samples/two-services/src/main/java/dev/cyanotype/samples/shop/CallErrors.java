/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.samples.shop;

import dev.cyanotype.exchange.Exchange;
import dev.cyanotype.exchange.Problem;
import dev.cyanotype.exchange.Response;
import dev.cyanotype.message.CallException;
import dev.cyanotype.message.CallTimeoutException;
import dev.cyanotype.message.ErrorReplyException;
import dev.cyanotype.message.MessagingException;
import dev.cyanotype.message.NoResponderException;
import dev.cyanotype.message.TooManyCallsException;

/** What a client is told when another service, or the way to it, fails. */
final class CallErrors {

    private CallErrors() {}

    /** A call that brought no result. */
    static Response answer(Exchange exchange, CallException e) {
        exchange.log().warn("{}", e.getMessage());
        if (e instanceof ErrorReplyException reply && reply.status() < 500) {
            return problem(reply.status(), String.valueOf(reply.getMessage()));
        }
        if (e instanceof CallTimeoutException) {
            return problem(504, "Another service took too long. It may have done its part.");
        }
        if (e instanceof NoResponderException
                || e instanceof TooManyCallsException
                || e instanceof ErrorReplyException busy && busy.status() == 503
                || e.getCause() instanceof MessagingException) {
            return unavailable();
        }
        return problem(502, "Another service failed");
    }

    /** A message that was not sent, or may not have been. */
    static Response answer(Exchange exchange, MessagingException e) {
        exchange.log().warn("{}", e.getMessage());
        return unavailable();
    }

    private static Response unavailable() {
        return problem(503, "Another service can't be reached. Try again.").header("Retry-After", "2");
    }

    private static Response problem(int status, String detail) {
        return Response.problem(Problem.of(status).detail(detail));
    }
}
