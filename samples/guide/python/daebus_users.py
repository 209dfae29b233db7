from daebus import Blueprint, Daebus, DaebusHttp, DaebusWebSocket, broadcast, logger, request, response

users = Blueprint("users")
known = {}


@users.action("get_user")
def get_user():
    user = known.get(request.payload["id"])
    if user is None:
        return response.error("User not found")
    return response.send(user)


@users.route("/users/<id>")
def show(req, id):
    user = known.get(id)
    return user if user is not None else ({"error": "User not found"}, 404)


@users.route("/users", methods=["POST"])
def create(req):
    known[req.payload["id"]] = req.payload
    broadcast.send("user_events", {"type": "created", "user_id": req.payload["id"]})
    return req.payload, 201


@users.listen("user_events")
def heard(event):
    logger.info(f"Heard {event['type']}")


@users.background("cleanup", 3600)
def cleanup():
    for id in [id for id, user in known.items() if not user["name"]]:
        del known[id]


@users.socket("get_users")
def get_users(data, client_id):
    return {"users": list(known.values())}


app = Daebus("users")
app.attach(DaebusHttp(port=8080))
app.attach(DaebusWebSocket())
app.register_blueprint(users)

if __name__ == "__main__":
    app.run(service="user_service")
