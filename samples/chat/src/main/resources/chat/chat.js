"use strict";

// What a user typed gets into the page through textContent only.

const NORMAL_CLOSURE = 1000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

const $ = id => document.getElementById(id);
const address = new URL("ws", location.href);
address.protocol = address.protocol === "https:" ? "wss:" : "ws:";

let socket;
let delay = FIRST_DELAY;
let wanted = null;        // the room and the name to have, also after the connection was lost
let room = null;          // the one that the server has let us in
let people = new Map();   // names by id

function connect() {
  socket = new WebSocket(address);
  socket.onopen = () => {
    $("status").textContent = "Connected";
    if (wanted) {
      send("join", wanted);
    }
  };
  socket.onmessage = event => {
    delay = FIRST_DELAY;
    const message = JSON.parse(event.data);
    (handlers[message.type] || (() => {}))(message.data, message);
  };
  socket.onclose = event => {
    leftRoom();
    if (event.code === NORMAL_CLOSURE) {
      $("status").textContent = "Disconnected: " + (event.reason || "goodbye");
      return;
    }
    // Not all clients of a replica that stops are to come to the next one at once.
    const wait = delay * (0.5 + Math.random() / 2);
    delay = Math.min(2 * delay, LONGEST_DELAY);
    $("status").textContent = `Disconnected (${event.code}). Trying again in ${Math.ceil(wait / 1000)} s…`;
    setTimeout(connect, wait);
  };
}

function send(type, data) {
  if (socket.readyState === WebSocket.OPEN) {
    $("error").textContent = "";
    socket.send(JSON.stringify({ type, data }));
    return true;
  }
  $("error").textContent = "There is no connection at the moment";
  return false;
}

const handlers = {
  // Only "join" is answered.
  response(data) {
    if (!wanted) {
      return;
    }
    room = data.room;
    $("status").textContent = `In '${data.room}' as '${data.name}'`;
    showPeople(data.people);
    enable(true);
  },
  people(data) {
    if (data.room === room) {
      showPeople(data.people);
    }
  },
  joined(person) {
    people.set(person.id, person.name);
    listPeople();
    show(`${person.name} joins`, "note");
  },
  left(person) {
    people.delete(person.id);
    listPeople();
    show(`${person.name} leaves`, "note");
  },
  said(data) {
    show(`${data.from.name}: ${data.text}`, "said");
  },
  error(data, message) {
    $("error").textContent = data ? data.error : message.error;
  },
};

function showPeople(list) {
  people = new Map(list.map(person => [person.id, person.name]));
  listPeople();
}

function listPeople() {
  const names = [...people.values()].sort((a, b) => a.localeCompare(b));
  $("people").replaceChildren(...names.map(name => item(name)));
}

function show(text, kind) {
  $("said").append(item(text, kind));
  $("said").lastChild.scrollIntoView({ block: "nearest" });
}

function item(text, kind = "") {
  const element = document.createElement("li");
  element.className = kind;
  element.textContent = text;
  return element;
}

function enable(inRoom) {
  for (const element of [$("leave"), ...$("say").elements]) {
    element.disabled = !inRoom;
  }
}

function leftRoom() {
  room = null;
  showPeople([]);
  enable(false);
}

$("join").onsubmit = event => {
  event.preventDefault();
  wanted = { room: $("room").value.trim(), name: $("name").value.trim() };
  send("join", wanted);
};

$("leave").onclick = () => {
  wanted = null;
  send("leave");
  leftRoom();
  $("status").textContent = "Connected";
};

$("say").onsubmit = event => {
  event.preventDefault();
  if (send("say", { text: $("text").value })) {
    $("text").value = "";
  }
};

connect();
