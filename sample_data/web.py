"""The web servers: access and authentication logs, settings with secrets, and code that only looks personal."""

from __future__ import annotations

import string
from datetime import datetime, timedelta
from random import Random

from packing import picture
from people import Person, staff

PAGES = (
    "/", "/meubles/chaises", "/meubles/tables", "/panier", "/compte/connexion", "/meubles/buffet-bocage",
    "/assets/main.css", "/assets/app.js", "/mentions-legales", "/contact", "/api/stock?ref=VQ-TAB-0184",
)  # fmt: skip
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; SM-A556B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "
    "Mobile Safari/537.36",
)
NETWORKS = ("192.0.2", "198.51.100", "203.0.113")


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:web")
    return {
        "web/logs/access.log": access_log(rng, datetime(2026, 11, 16, 6, 25, 1), 2000),
        "web/logs/auth.log": _auth_log(rng, staff()),
        "web/wp-config.php": _settings(rng),
        "web/.env": _environment(rng),
        "web/nginx.conf": NGINX.encode(),
        "web/assets/main.css": CSS.encode(),
        "web/assets/app.js": SCRIPT.encode(),
        "web/assets/logo.png": picture(),
    }


def access_log(rng: Random, start: datetime, count: int) -> bytes:
    """Combined log format, visitors in the ranges kept for documentation."""
    visitors = [(f"{rng.choice(NETWORKS)}.{rng.randint(1, 254)}", rng.choice(AGENTS)) for _ in range(160)]
    lines, now = [], start
    for _ in range(count):
        now += timedelta(seconds=rng.randint(1, 90))
        address, agent = rng.choice(visitors)
        status, size = rng.choice((200, 200, 200, 200, 304, 404)), rng.randint(180, 48000)
        page = rng.choice(PAGES)
        lines.append(
            f'{address} - - [{now:%d/%b/%Y:%H:%M:%S} +0100] "GET {page} HTTP/1.1" {status} {size} '
            f'"https://www.vauquelin.example.com/" "{agent}"'
        )
    return ("\n".join(lines) + "\n").encode()


def _auth_log(rng: Random, team: list[Person]) -> bytes:
    lines, now = [], datetime(2026, 11, 20, 7, 2, 11)
    for rank in range(160):
        now += timedelta(seconds=rng.randint(20, 600))
        start = f"{now:%b %d %H:%M:%S} srv-vauquelin sshd[{2100 + rank}]:"
        address, port = f"{rng.choice(NETWORKS)}.{rng.randint(1, 254)}", rng.randint(30000, 60000)
        login = rng.choice(team).login
        if rng.random() < 0.7:
            lines.append(f"{start} Accepted publickey for {login} from {address} port {port} ssh2")
        else:
            lines.append(f"{start} Failed password for invalid user {login} from {address} port {port} ssh2")
    return ("\n".join(lines) + "\n").encode()


def _secret(rng: Random, size: int, more: str = "") -> str:
    return "".join(rng.choice(string.ascii_letters + string.digits + more) for _ in range(size))


def _settings(rng: Random) -> bytes:
    return f"""<?php
define( 'DB_NAME', 'boutique_vauquelin' );
define( 'DB_USER', 'boutique' );
define( 'DB_PASSWORD', '{_secret(rng, 18, "!#%*")}' );
define( 'DB_HOST', 'localhost' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'AUTH_KEY', '{_secret(rng, 48, "!#%*")}' );
define( 'SECURE_AUTH_KEY', '{_secret(rng, 48, "!#%*")}' );
$table_prefix = 'vq_';
define( 'WP_DEBUG', false );
require_once ABSPATH . 'wp-settings.php';
""".encode()


def _environment(rng: Random) -> bytes:
    return f"""APP_NAME=boutique-vauquelin
APP_ENV=production
APP_URL=https://www.vauquelin.example.com
DATABASE_URL=mysql://boutique:{_secret(rng, 20)}@bdd.vauquelin.example.com:3306/boutique
SMTP_HOST=smtp.vauquelin.example.com
SMTP_USER=expedition
SMTP_PASSWORD={_secret(rng, 16)}
CACHE_TTL=3600
""".encode()


NGINX = """user www-data;
worker_processes auto;
events { worker_connections 1024; }
http {
    include mime.types;
    sendfile on;
    keepalive_timeout 65;
    server {
        listen 443 ssl;
        server_name www.vauquelin.example.com;
        root /var/www/boutique;
        ssl_protocols TLSv1.2 TLSv1.3;
        location ~ \\.php$ { fastcgi_pass unix:/run/php/php8.3-fpm.sock; }
        location /assets/ { expires 30d; }
    }
}
"""
CSS = """/* Feuille de style de la boutique, version 3.12.0.4 */
:root { --bois: #8b5a2b; --lin: #f4efe6; }
body { margin: 0; font: 16px/1.5 "Source Sans 3", sans-serif; color: #2b2b2b; }
.nom { font-weight: 600; }
.prenom, .adresse { color: #5c5c5c; }
.carte { border: 1px solid #d8cfc0; border-radius: 4px; }
.classe-a { background: var(--lin); }
.carte .adresse::before { content: "\\2709"; }
@media (max-width: 640px) { .grille { grid-template-columns: 1fr; } }
"""
SCRIPT = """// Panier de la boutique
const VERSION = '2.14.0.1';
const MOTIF_COURRIEL = /^[^@\\s]+@[^@\\s]+$/;
export function total(lignes) {
  return lignes.reduce((somme, { prix, quantite }) => somme + prix * quantite, 0);
}
export class Champ {
  constructor(nom, parent) { this.nom = nom; this.parent = parent; this.enfants = []; }
  ajouter(enfant) { this.enfants.push(enfant); return enfant; }
}
const BUILD = 1763971200000;
const EMPREINTE = 'sha256-9b74c9897bac770ffc029102a200c5de3a5f4d2c1b0e9f8d7c6b5a4938271605';
console.info(`boutique ${VERSION} (${BUILD})`);
"""
