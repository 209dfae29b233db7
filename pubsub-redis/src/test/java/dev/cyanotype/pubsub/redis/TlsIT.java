/*
 * Copyright 2026 The Cyanotype authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.cyanotype.pubsub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cyanotype.message.MessagingException;
import dev.cyanotype.pubsub.redis.RedisOptions.Protocol;
import dev.cyanotype.spi.TransportException;
import dev.cyanotype.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A Redis over TLS, with certificates that are made for the test. */
class TlsIT {

    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    private static Path directory;

    private static int port;
    private static RedisChild server;

    /** Of which the program is used; also tells whether there is one. */
    private static TestRedis plain;

    private static SSLContext trusting;

    @BeforeAll
    static void startServer() throws Exception {
        plain = TestRedis.start();
        keytool(
                "-genkeypair",
                "-alias",
                "ours",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2");
        KeyStore store = store();
        write("key.pem", "PRIVATE KEY", ((PrivateKey) store.getKey("ours", STORE_PASSWORD.toCharArray())).getEncoded());
        write("cert.pem", "CERTIFICATE", store.getCertificate("ours").getEncoded());
        trusting = context(store);
        port = RedisChild.freePort();
        server = new RedisChild(
                program(),
                RedisChild.newDirectory(),
                List.of(
                        "port 0",
                        "bind 127.0.0.1",
                        "save \"\"",
                        "dir $DIR",
                        "tls-port " + port,
                        "tls-cert-file " + directory.resolve("cert.pem"),
                        "tls-key-file " + directory.resolve("key.pem"),
                        "tls-ca-cert-file " + directory.resolve("cert.pem"),
                        "requirepass s3cret"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !server.isAlive() || server.output().contains("Ready to accept connections"));
        assumeTrue(server.isAlive(), () -> "Redis " + plain.version() + " was built without TLS: " + server.output());
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
        if (plain != null) {
            plain.close();
        }
    }

    private static String program() {
        return plain.command("INFO", "server")
                .lines()
                .filter(line -> line.startsWith("executable:"))
                .map(line -> line.substring("executable:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                directory.resolve("store.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD));
        Path output = directory.resolve("keytool.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("store.p12"))) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        return store;
    }

    private static void write(String file, String type, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }

    /** Trusts what is in the store, and shows it where a server asks who we are. */
    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trusted.setCertificateEntry("ours", store.getCertificate("ours"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static RedisOptions.Builder options(String host) {
        return RedisOptions.builder()
                .url("rediss://:s3cret@" + host + ":" + port)
                .startTimeout(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @EnumSource
    void everything_goes_over_tls(Protocol protocol) {
        try (Shop shop = Shop.start(options("localhost")
                .tls(trusting)
                .protocol(protocol)
                .startTimeout(Duration.ofSeconds(10))
                .build())) {
            for (int n = 1; n < 10; n++) {
                shop.works(n);
            }
            assertThat(RedisAccess.client(shop.app()).ping()).isEqualTo("PONG");
        }
    }

    @Test
    void large_messages_and_many_at_once_come_through() {
        try (Shop shop = Shop.start(options("127.0.0.1")
                .tls(trusting)
                .startTimeout(Duration.ofSeconds(10))
                .build())) {
            List<String> large = Collections.nCopies(30, "x".repeat(100_000));
            assertThat(shop.self()
                            .timeout(Shop.LONG)
                            .call("echo", Map.of("n", 1, "large", large))
                            .path("large")
                            .toString())
                    .hasSize(3_000_091);
            List<CompletableFuture<JsonNode>> replies = IntStream.range(100, 1_100)
                    .mapToObj(n -> shop.self().timeout(Shop.LONG).callAsync("echo", Map.of("n", n)))
                    .toList();
            for (int i = 0; i < replies.size(); i++) {
                assertThat(replies.get(i).join().path("n").asInt()).isEqualTo(100 + i);
            }
        }
    }

    @Test
    void a_server_that_is_not_trusted_is_refused() {
        Shop shop = Shop.of(options("localhost").build());

        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE))
                .hasMessageStartingWith("redis at localhost:" + port + " can't be used: ")
                .hasMessageContaining("PKIX path building failed");
    }

    @Test
    void a_server_whose_certificate_is_for_another_host_is_refused() {
        Shop shop = Shop.of(options("127.0.0.2").tls(trusting).build());
        try (RedisChild other = new RedisChild(
                program(),
                RedisChild.newDirectory(),
                List.of(
                        "port 0",
                        "bind 127.0.0.2",
                        "save \"\"",
                        "dir $DIR",
                        "tls-port " + port,
                        "tls-auth-clients no",
                        "tls-cert-file " + directory.resolve("cert.pem"),
                        "tls-key-file " + directory.resolve("key.pem"),
                        "tls-ca-cert-file " + directory.resolve("cert.pem")))) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> other.output().contains("Ready to accept connections") || !other.isAlive());
            assumeTrue(other.isAlive(), "127.0.0.2 is no address here");

            assertThatThrownBy(() -> shop.app().start())
                    .isInstanceOf(TransportException.class)
                    .cause()
                    .hasMessageStartingWith("redis at 127.0.0.2:" + port + " can't be used: ")
                    .hasMessageContaining("No subject alternative names matching IP address 127.0.0.2 found");
        }
    }

    @Test
    void a_server_without_tls_is_refused() {
        Shop shop = Shop.of(RedisOptions.builder()
                .url("rediss://localhost:" + plain.port())
                .startTimeout(Duration.ofMillis(500))
                .build());

        assertThatThrownBy(() -> shop.app().start())
                .isInstanceOf(TransportException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MessagingException.class,
                        e -> assertThat(e.reason()).isEqualTo(MessagingException.Reason.UNREACHABLE))
                .hasMessageStartingWith("redis at localhost:" + plain.port() + " can't be used: ");
    }
}
