/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.internal.redis.link;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SSLSocketWrapper;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes sockets of which is known what can be read without waiting.
 *
 * <p>Those of Jedis tell how many encrypted bytes have come, which may be none of a reply.
 */
final class TlsSocketFactory extends DefaultJedisSocketFactory {

    TlsSocketFactory(HostAndPort node, JedisClientConfig config) {
        super(node, config);
    }

    @Override
    public Socket createSocket() {
        Socket socket = super.createSocket();
        try {
            return socket instanceof SSLSocket tls ? new Careful(tls) : socket;
        } catch (IOException e) {
            throw new JedisConnectionException("Failed to create socket.", e);
        }
    }

    private static final class Careful extends SSLSocketWrapper {

        private Careful(SSLSocket tls) throws IOException {
            super(tls, tls);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {

                @Override
                public int available() {
                    return 0;
                }
            };
        }
    }
}
