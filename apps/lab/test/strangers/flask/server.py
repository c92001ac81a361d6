import os

from flask import Flask, redirect, request, session, url_for
from markupsafe import escape
from waitress import serve

# The sessions of Flask's quickstart, with a wish list: a cookie holds all of it, signed by a key that replicas share.
app = Flask(__name__)
app.secret_key = "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf"


@app.route("/")
def index():
    if "username" in session:
        return f"Logged in as {escape(session['username'])}"
    return "You are not logged in"


@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST":
        session["username"] = request.form["username"]
        return redirect(url_for("index"))
    return '<form method="post"><p><input type=text name=username><p><input type=submit value=Login></form>'


@app.route("/wishes/<item>", methods=["PUT"])
def wish(item):
    session["wishes"] = sorted({*session.get("wishes", []), item})
    return "", 204


@app.route("/wishes")
def wishes():
    return {"username": session.get("username"), "wishes": session.get("wishes", [])}


@app.route("/logout", methods=["POST"])
def logout():
    session.clear()
    return redirect(url_for("index"))


serve(app, host="127.0.0.1", port=os.environ["PORT"])
