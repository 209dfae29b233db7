from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound
from sanic.response import json

people = Blueprint("people", url_prefix="/people", version=1)
rooms = Blueprint("rooms", url_prefix="/rooms")


@people.get("/<name:alpha>")
async def person(request, name):
    if name != "ann":
        raise NotFound("Nobody of that name")
    return json({"name": "ann", "askedBy": request.ctx.user})


@rooms.get("/")
async def all_rooms(request):
    return json({"rooms": 3})


api = Blueprint.group(people, rooms, url_prefix="/api")


@api.on_request
async def sign_in(request):
    request.ctx.user = request.headers.get("X-User")


@api.exception(NotFound)
async def missing(request, error):
    return json({"error": "not here"}, status=404)


app = Sanic("directory")
app.blueprint(api)


@app.before_server_start
async def connect(app):
    app.ctx.connected = True
