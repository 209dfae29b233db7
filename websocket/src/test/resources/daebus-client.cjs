// What the websocket half of Daebus 0.0.31's JavaScript client sends, and what it makes of what it gets; on the package 'ws', as there.
// Takes the steps to do from the standard input, one JSON array a line, and tells on the standard output what has happened.
"use strict";

const WebSocket = require(process.argv[2]);
const [url, protocol] = process.argv.slice(3);

const RECONNECT_DELAY = 200;
const pending = new Map();
const channels = new Set();
let counter = 0;
let socket;

function tell(...event) {
  process.stdout.write(JSON.stringify(event) + "\n");
}

function connect() {
  socket = protocol ? new WebSocket(url, protocol) : new WebSocket(url);
  socket.on("open", () => {
    tell("open", socket.protocol);
    channels.forEach(channel => send({ type: "subscribe", channel }));
  });
  socket.on("close", (code, reason) => {
    tell("close", code, reason.toString());
    if (code !== 1000) {
      setTimeout(connect, RECONNECT_DELAY);
    }
  });
  socket.on("message", data => {
    const text = data.toString();
    tell("frame", text.length > 1000 ? text.length : text);
    receive(JSON.parse(text));
  });
  socket.on("pong", data => tell("pong", data.toString()));
  socket.on("error", error => tell("error", error.message.split("\n")[0]));
}

function receive(message) {
  if (message.type === "response") {
    respond(message);
  } else if (message.type === "channel_message") {
    tell("channel", message.channel, message.data);
  } else if (message.channel && message.data) {
    tell("channel", message.channel, message.data);
  } else if (message.request_id && pending.has(message.request_id)) {
    respond(message);
  } else {
    tell("message", message);
  }
}

function respond(message) {
  const action = pending.get(message.request_id);
  if (action === undefined) {
    return;
  }
  pending.delete(message.request_id);
  if (message.success === false) {
    tell("rejected", action, message.error || "Unknown error");
  } else {
    tell("resolved", action, typeof message.data === "string" ? message.data.slice(0, 100) : message.data);
  }
}

function send(message) {
  socket.send(JSON.stringify(message));
}

const steps = {
  sendAction(service, action, payload) {
    const timestamp = Date.now();
    const requestId = `req_${timestamp}_${++counter}`;
    pending.set(requestId, action);
    send({
      type: "publish",
      channel: service,
      data: { action, payload, reply_channel: `reply_${requestId}`, request_id: requestId, timestamp },
    });
  },
  sendLarge(service, action, size) {
    steps.sendAction(service, action, { text: "é".repeat(size) });
  },
  subscribe(channel) {
    channels.add(channel);
    send({ type: "subscribe", channel });
  },
  unsubscribe(channel) {
    channels.delete(channel);
    send({ type: "unsubscribe", channel });
  },
  broadcast(channel, data) {
    send({ type: "broadcast", channel, data });
  },
  send,
  ping(data) {
    socket.ping(data);
  },
  disconnect() {
    socket.close(1000, "Client disconnect");
  },
};

connect();
require("readline")
  .createInterface({ input: process.stdin })
  .on("line", line => {
    const [step, ...args] = JSON.parse(line);
    steps[step](...args);
  })
  .on("close", () => process.exit());
