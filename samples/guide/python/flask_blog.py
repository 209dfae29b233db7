from flask import Blueprint, Flask, abort, g, request, url_for

posts = Blueprint("posts", __name__, url_prefix="/posts")
entries = {}


@posts.before_request
def sign_in():
    g.user = request.headers.get("X-User")
    if g.user is None:
        abort(401)


@posts.post("/")
def create():
    post = {"id": len(entries) + 1, "by": g.user, "text": request.json["text"]}
    entries[post["id"]] = post
    return post, 201, {"Location": url_for(".show", id=post["id"])}


@posts.get("/<int:id>")
def show(id):
    if id not in entries:
        abort(404, "No such post")
    return entries[id]


@posts.errorhandler(404)
def unknown(error):
    return {"error": error.description}, 404


@posts.after_request
def mark(response):
    response.headers["X-Blog"] = "mine"
    return response


app = Flask("blog")
app.register_blueprint(posts, url_prefix="/v1/posts")
