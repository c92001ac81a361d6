import csv
import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

# Sessions in the database, as Django has them by default, and its own login, logout and CSRF tokens, in one file.
# `shop.py users.csv` makes the database and who may sign in; without an argument it serves.
settings.configure(
    SECRET_KEY="django-insecure-shared-by-all-replicas",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["DATABASE"],
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "registration/login.html": '<form method="post">{% csrf_token %}{{ form }}</form>',
                            "cart.html": "<h1>Cart of {{ request.user }}</h1>"
                            '<ul id="cart">{% for item in cart %}<li>{{ item }}</li>{% endfor %}</ul>'
                            '<form method="post">{% csrf_token %}<input name="item"></form>',
                        },
                    )
                ],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
    # Its documentation's advice for tests with many logins: the default takes half a second of a core for each.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    LOGIN_REDIRECT_URL="/cart/",
    LOGOUT_REDIRECT_URL="/accounts/login/",
)
application = get_wsgi_application()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.views import LoginView, LogoutView  # noqa: E402
from django.shortcuts import redirect, render  # noqa: E402
from django.urls import path  # noqa: E402


@login_required
def cart(request):
    if request.method == "POST":
        request.session["cart"] = [*request.session.get("cart", []), request.POST["item"]]
        return redirect("/cart/")
    return render(request, "cart.html", {"cart": request.session.get("cart", [])})


urlpatterns = [
    path("cart/", cart),
    path("accounts/login/", LoginView.as_view()),
    path("accounts/logout/", LogoutView.as_view()),
]

if sys.argv[1:]:
    from django.contrib.auth.models import User

    call_command("migrate", verbosity=0)
    with open(sys.argv[1], newline="") as file:
        for row in csv.DictReader(file):
            User.objects.create_user(row["username"], password=row["password"])
else:
    from waitress import serve

    serve(application, host="127.0.0.1", port=os.environ["PORT"])
