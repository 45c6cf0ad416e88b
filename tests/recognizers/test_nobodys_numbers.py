"""Texts full of numbers that are nobody's: no rule may be sure of anything in them."""

from __future__ import annotations

import pytest

from recognizers.rule import Subject, load_rules
from scanner.model import Level

TEXTS = {
    "versions": "Upgrade libfoo 1.2.3.4 to 10.20.30.40-rc1; see v2.14.0.1, Chrome 120.0.6099.71 and glibc 2.36-9+deb12u4.",
    "sections": "Voir 4.1.2.3, l'article 12.3.4.5 et l'annexe 1.1.1.1 du guide.",
    "orders": "Commande 4029384756102 expédiée, colis 6A12938475610 ; facture 20241103004512 ; panier 100200300400500.",
    "uuids": "id 550e8400-e29b-41d4-a716-446655440000 parent f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "hashes": "commit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "skus": "SKU AB-1234-CD, réf. 75-XR-0042, modèle KX250F-2019, pièce 12AB34567, lot 0751234K, P/N 3C22FB9A104E",
    "codes": "M0001 A12.3 Z99 H40-11 CIM-10 J45.9, CCAM DEQP003, NACE 62.01Z",
    "lorem": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore.",
    "python": (
        "def login(user, password):\n    password = request.form['password']\n    token = os.environ['API_TOKEN']\n"
        "    secret_key = settings.SECRET_KEY\n    if password != confirm_password:\n        return None\n"
        "    db = connect(host='localhost', password=config.db_password)\n    passwd: str = field(default='')\n"
    ),
    "javascript": (
        "const password = document.getElementById('password').value;\nlet apiKey = process.env.API_KEY_PRODUCTION;\n"
        "this.password = password; props.onChange({ password: event.target.value });\nimport x from '@scope/pkg@1.2.3';\n"
        "const re = /^[\\w.]+@[\\w.]+$/; x <<= 2; std::cout << a << b;\n"
    ),
    "yaml": "password: {{ vault_password }}\nsecret_key: !vault |\nDB_PASSWORD: ${DB_PASSWORD:-changeme}\npasswd: '****'\n",
    "sql": "CREATE TABLE users (id INT(11), password VARCHAR(255) NOT NULL, email VARCHAR(100), ip VARCHAR(45), KEY (email));",
    "php": "define('DB_PASSWORD', 'password_here'); $password = $_POST['password']; 'password' => 'required|min:8',",
    "translations": "password.label=Mot de passe\npassword.hint=Au moins huit caractères\nlogin.error.password=Mot de passe incorrect",
    "timestamps": "2026-11-23T10:12:01.123456Z 1732356721 1732356721123 20261123101201 10:12:01,456 INFO took 0.0639984512 s",
    "measures": "x=0.123456 y=1.234567, p=0.00012, 48.85 x 2.35 cm, 1 234 567,89 €, 12 500 000 habitants, 3,14159265358979",
    "dates": "Fait le 12/03/2024, modifié le 2024-03-13, échéance 31.12.2025, réunion du 14 juillet 2023 à 10 h 30.",
    "css": ".btn{color:#0639984512;margin:0 10px 20px 30px} @media(max-width:600px){a{b:c}} url(logo@2x.png)",
    "repositories": "git@github.com:exemple/projet.git ssh://git@forge:22/x npm i react@18.2.0 pip install foo==1.2.3.4",
    "isbn": "ISBN 978-2-07-036822-8, ISSN 1144-875X, EAN 3017620422003, DOI 10.1000/182",
    "network": "listen 0.0.0.0:80; 127.0.0.1 localhost; 255.255.255.0; 192.168.1.1; 10.0.0.0/8; fe80::1; ::1; 00:00:00:00:00:00",
    "prose": "La voiture est en place ; 12 cours ont eu lieu, 3 routes sont fermées et 15 allées fleuries. Il est né le matin.",
    "licence": "Copyright (c) 2019-2026 The Authors. RFC 2616, ISO 27001:2022, EN 301549, ECMA-262, U+1F600, CVE-2024-12345",
    "spreadsheet": "A1;B12;AA123;=SUM(A1:B12);123456789;0,15;12;45;99;2024\n12345;678;90123;4567;8901;234567;8;9",
}


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_sure(name: str) -> None:
    subject = Subject(TEXTS[name])
    sure = [
        (span.recognizer, span.level.name, span.start)
        for rule in load_rules()
        for span in rule.find(subject)
        if span.level >= Level.PROBABLE
    ]
    assert not sure
