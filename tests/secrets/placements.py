"""Secrets in the files in which they really lie: a path, its content, and the type that a scan must name."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

from invented_values import ALNUM, DIGITS, HEX, UPPER, Values


@dataclass(frozen=True, slots=True)
class Placement:
    """``expected`` is one of some types, joined by a bar."""

    path: str
    content: bytes
    expected: str


def placements(seed: int) -> Iterator[Placement]:
    """Every placement once."""
    made = [*_keys(seed), *_tokens(seed), *_dsn(seed), *_passwords(seed), *_hashes(seed)]
    for number, (path, content, expected) in enumerate(made):
        raw = content.encode() if isinstance(content, str) else content
        yield Placement(f"s{number:03d}/{path}", raw, expected)


Made = Iterator[tuple[str, str | bytes, str]]
KEY, CLOUD, DSN, CLEAR, HASH = (
    "SECRET_PRIVATE_KEY",
    "SECRET_CLOUD",
    "SECRET_DSN",
    "PASSWORD_CLEAR",
    "PASSWORD_HASH",
)
ANY = "SECRET_CLOUD|PASSWORD_CLEAR|SECRET_DSN|SECRET_PRIVATE_KEY"


def _keys(seed: int) -> Made:
    v = Values(f"{seed}/keys")
    yield "id_rsa", v.pem(), KEY
    yield "server.key", v.pem("PRIVATE KEY", b"\x30\x82\x04\xbd\x02\x01\x00"), KEY
    yield "ec.pem", v.pem("EC PRIVATE KEY", b"\x30\x77\x02\x01\x01\x04\x20"), KEY
    yield "id_ed25519", v.pem("OPENSSH PRIVATE KEY", b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none"), KEY
    notes = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC," + v.hex(32).upper() + "\n"
    yield "locked.key", v.pem(notes=notes), KEY
    yield "locked8.key", v.pem("ENCRYPTED PRIVATE KEY", b"\x30\x82\x05\x2d\x30\x57\x06\x09"), KEY
    putty = f"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: deploy\nPublic-Lines: 6\n{v.base64(200)}\n"
    yield "deploy.ppk", putty + f"Private-Lines: 14\n{v.base64(400)}\nPrivate-MAC: {v.hex(64)}\n", KEY
    yield (
        "pgp.asc",
        f"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF{v.base64(300)}\n-----END PGP PRIVATE KEY BLOCK-----\n",
        KEY,
    )
    yield "keystore.jks", b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1\0\0\0\1\0\x06tomcat" + v.chance.randbytes(1800), KEY
    pkcs12 = b"\x30\x82\x0a\x10\x02\x01\x03\x30\x82\x09\xd6\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x82"
    yield "client.p12", pkcs12 + v.chance.randbytes(2500), KEY
    yield "site.pfx", pkcs12 + v.chance.randbytes(2600), KEY
    der = b"\x30\x82\x04\xa4\x02\x01\x00\x02\x82\x01\x01\x00" + v.chance.randbytes(1180)
    yield "key.der", der, KEY
    account = {"type": "service_account", "project_id": "boutique-312", "private_key_id": v.hex(40)}
    account |= {"private_key": v.pem("PRIVATE KEY"), "client_email": "web@boutique-312.iam.gserviceaccount.com"}
    yield "gcp.json", json.dumps(account, indent=2), KEY
    encoded = base64.b64encode(v.pem().encode()).decode()
    kube = "apiVersion: v1\nkind: Config\nusers:\n- name: admin\n  user:\n"
    yield "kubeconfig", f"{kube}    client-certificate-data: {v.base64(300)}\n    client-key-data: {encoded}\n", KEY
    secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: tls\ntype: kubernetes.io/tls\ndata:\n  tls.key: "
    yield "tls-secret.yaml", f"{secret}{encoded}\n", KEY
    wg = base64.b64encode(v.chance.randbytes(32)).decode()
    yield "wg0.conf", f"[Interface]\nAddress = 10.8.0.1/24\nPrivateKey = {wg}\nListenPort = 51820\n", KEY
    yield (
        "ta.key",
        f"#\n# 2048 bit OpenVPN static key\n#\n-----BEGIN OpenVPN Static key V1-----\n{v.hex(32)}\n{v.hex(32)}\n",
        KEY,
    )
    yield "age.txt", f"# created: 2025-01-02\nAGE-SECRET-KEY-1{v.of('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}\n", KEY
    yield "putty.env", 'SSH_KEY="' + v.pem().replace("\n", "\\n") + '"\nPORT=8080\n', KEY
    jwk = {"kty": "RSA", "e": "AQAB", "kid": "a1", "n": v.url64(342), "d": v.url64(342), "p": v.url64(171)}
    yield "jwks.json", json.dumps({"keys": [jwk]}), KEY


def _tokens(seed: int) -> Made:
    v = Values(f"{seed}/tokens")
    yield (
        "credentials",
        f"[default]\naws_access_key_id = AKIA{v.of(UPPER + DIGITS, 16)}\naws_secret_access_key = {v.alnum(40)}\n",
        CLOUD,
    )
    yield (
        "aws.env",
        f"AWS_ACCESS_KEY_ID=AKIA{v.of(UPPER + '234567', 16)}\nAWS_SECRET_ACCESS_KEY={v.alnum(38)}/+\n",
        CLOUD,
    )
    bodies = {
        "ghp.sh": f"git clone https://x:$TOKEN@forge\nTOKEN={'ghp'}_{v.alnum(36)}",
        "fine.txt": f"jeton {'github'}_pat_{v.alnum(22)}_{v.alnum(59)} pour la CI",
        "gitlab-ci.yml": f"deploy:\n  variables:\n    CI_JOB: {'glpat'}-{v.alnum(20)}\n",
        "runner.toml": f'[[runners]]\n  name = "r1"\n  token = "{"glrt"}-{v.alnum(20)}"\n',
        "slack.py": f"client = WebClient('{'xox'}b-{v.of(DIGITS, 12)}-{v.of(DIGITS, 12)}-{v.alnum(24)}')",
        "hook.sh": f"curl -X POST https://hooks.slack.com/services/T{v.of(UPPER + DIGITS, 9)}/B{v.of(UPPER + DIGITS, 9)}/{v.alnum(24)}",
        "stripe.rb": f"Stripe.api_key = '{'sk'}_live_{v.alnum(24)}'",
        "stripe.php": f"$endpoint = '{'wh'}sec_{v.alnum(32)}';",
        "maps.html": f'<script src="https://maps.example/api/js?key={"AI"}za{v.alnum(35)}"></script>',
        "oauth.json": json.dumps({"web": {"client_id": "a", "client_secret": f"{'GOC'}SPX-{v.alnum(28)}"}}),
        "twilio.js": f"const apiKey = '{'S'}K{v.hex(32)}';\nconst authToken = '{v.hex(32)}';",
        "sendgrid.env": f"SENDGRID={'S'}G.{v.alnum(22)}.{v.alnum(43)}\nA=1\n",
        "mailgun.ini": f"[mail]\nmailgun = {'ke'}y-{v.hex(32)}\n",
        "brevo.php": f"$config->setApiKey('api-key', '{'xkey'}sib-{v.hex(64)}-{v.alnum(16)}');",
        ".npmrc": f"//registry.npmjs.org/:_authToken={'np'}m_{v.alnum(36)}\n",
        ".pypirc": f"[pypi]\nusername = __token__\npassword = {'py'}pi-AgEIcHlwaS5vcmc{v.url64(140)}\n",
        "ovh.conf": f"[ovh-eu]\napplication_key={v.alnum(16)}\napplication_secret={v.alnum(32)}\nconsumer_key={v.alnum(32)}\n",
        "scw.yaml": f"access_key: {'SC'}W{v.of(UPPER + DIGITS, 17)}\nsecret_key: {v.uuid()}\n",
        "do.tf": f'provider "digitalocean" {{\n  token = "{"do"}p_v1_{v.hex(64)}"\n}}\n',
        "hf.py": f"login(token='{'h'}f_{v.of('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 34)}')",
        "openai.env": f"OPENAI_API_KEY={'s'}k-proj-{v.url64(70)}T3BlbkFJ{v.url64(70)}\nMODEL=x\n",
        "openai.py": f"openai.key = '{'s'}k-{v.alnum(20)}T3BlbkFJ{v.alnum(20)}'",
        "claude.ts": f"const client = new Client({{ key: '{'sk'}-ant-api03-{v.url64(93)}AA' }});",
        "bot.py": f"app = Bot('{v.of('123456789', 10)}:AA{v.url64(33)}')",
        "discord.js": f"client.login('{base64.b64encode(v.of('123456789', 18).encode()).decode()}.{v.alnum(6)}.{v.url64(38)}')",
        "notify.sh": f"curl https://discord.com/api/webhooks/{v.of('123456789', 18)}/{v.url64(68)}",
        "azure.config": f"DefaultEndpointsProtocol=https;AccountName=boutique;AccountKey={v.base64(64)};EndpointSuffix=core.windows.net",
        "sas.txt": f"https://boutique.blob.core.windows.net/c?sv=2022-11-02&ss=b&se=2027-01-01T00:00:00Z&sp=rl&sig={v.alnum(39)}%2B{v.alnum(3)}%3D",
        "bus.json": json.dumps(
            {"Bus": f"Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={v.base64(32)}"}
        ),
        "entra.env": f"AZURE_CLIENT_SECRET={v.alnum(3)}8Q~{v.alnum(34)}\nAZURE_TENANT_ID={v.uuid()}\n",
        "shop.env": f"SHOPIFY={'shp'}at_{v.hex(32)}\nB=2\n",
        "docker.sh": f"docker login -u web -p {'dck'}r_pat_{v.url64(27)}",
        "vault.hcl": f'token = "{"hv"}s.{v.alnum(95)}"',
        "grafana.ini": f"[x]\nkey = {'gl'}sa_{v.alnum(32)}_{v.hex(8)}\n",
        "session.log": f"2026-01-02 10:00:00 GET /api Authorization: Bearer {v.jwt()} 200",
        "requests.py": f"headers = {{'Authorization': 'Bearer {v.alnum(40)}'}}",
        "api.md": f"Notre clé d'API de production : `{v.alnum(40)}`",
    }
    for path, content in bodies.items():
        yield path, content, CLOUD if path != ".pypirc" else ANY
    yield ".env", f"APP_NAME=Boutique\nAPP_KEY=base64:{v.base64(32)}\nAPP_DEBUG=false\n", CLOUD
    yield "symfony/.env.local", f"APP_ENV=prod\nAPP_SECRET={v.hex(32)}\n", CLOUD
    yield (
        "settings.py",
        f"DEBUG = False\nSECRET_KEY = 'django-insecure-{v.of(ALNUM + '!@#$%^&*(-_=+)', 48)}7k'\n",
        CLOUD,
    )
    yield "settings_prod.py", f"SECRET_KEY = '{v.of(ALNUM + '!@#$%^&*(-_=+)', 48)}7k'\n", CLOUD
    yield "secrets.yml", f"production:\n  secret_key_base: {v.hex(128)}\n", CLOUD
    salts = "".join(
        f"define('{name}', '{v.of(ALNUM + '!@#$%^&*()-_ []{}<>~`+=,.;:/?|', 60)}7kQ!');\n"
        for name in ("AUTH_KEY", "SECURE_AUTH_KEY", "LOGGED_IN_KEY", "NONCE_KEY", "AUTH_SALT")
    )
    yield "wp-salts/wp-config.php", f"<?php\n{salts}", CLOUD
    yield "env.php", f"<?php\nreturn ['crypt' => ['key' => '{v.hex(32)}'], 'session' => ['save' => 'files']];\n", CLOUD
    yield "config.inc.php", f"<?php\n$cfg['blowfish_secret'] = '{v.alnum(32)}';\n", CLOUD
    yield "keys.csv", "service;api_key\n" + "".join(f"s{n};{v.alnum(40)}\n" for n in range(12)), CLOUD
    rows = "".join(f"({n},'svc{n}','{v.alnum(48)}'),\n" for n in range(12))
    yield (
        "tokens.sql",
        f"CREATE TABLE `api` (`id` int, `name` varchar(20), `access_token` varchar(64));\nINSERT INTO `api` VALUES\n{rows[:-2]};\n",
        CLOUD,
    )


def _dsn(seed: int) -> Made:
    v = Values(f"{seed}/dsn")
    for scheme in (
        "postgresql",
        "mysql+pymysql",
        "mongodb+srv",
        "redis",
        "amqps",
        "ftp",
        "smtp",
        "ldap",
        "mssql",
        "clickhouse",
    ):
        yield (
            f"{scheme.replace('+', '_')}.env",
            f"A_URL={scheme}://boutique:{v.alnum(14)}@db.exemple.fr/shop\nPORT=1\n",
            DSN,
        )
    yield ".git-credentials", f"https://elodie:{v.alnum(24)}@forge.exemple.fr\n", DSN
    yield "parameters.yml", f"doctrine:\n  dbal:\n    url: 'mysql://web:{v.alnum(12)}%21@10.0.0.4:3306/shop'\n", DSN
    yield (
        "app.properties",
        f"spring.datasource.url=jdbc:postgresql://db/shop?user=web&password={v.alnum(12)}\nx=1\n",
        DSN,
    )
    yield "wget.sh", f"wget ftp://depot:{v.alnum(10)}@ftp.exemple.fr/export.zip", DSN


def _passwords(seed: int) -> Made:
    v = Values(f"{seed}/passwords")
    yield "wp-config.php", f"<?php\ndefine('DB_USER', 'wp');\ndefine( 'DB_PASSWORD', '{v.strong()}' );\n", CLEAR
    yield "prod.env", f"DB_HOST=db\nDB_PASSWORD={v.strong()}\nDB_PORT=3306\n", CLEAR
    yield ".pgpass", f"db.exemple.fr:5432:shop:web:{v.alnum(12)}\n*:*:*:postgres:{v.alnum(12)}\n", CLEAR
    yield ".my.cnf", f"[client]\nuser=root\npassword={v.strong()}\n", CLEAR
    yield "debian.cnf", f"[client]\nhost = localhost\nuser = debian-sys-maint\npassword = {v.alnum(16)}\n", CLEAR
    yield (
        "web.config",
        f'<configuration><connectionStrings><add name="D" connectionString="Server=db;Database=s;User Id=web;Password={v.alnum(12)};" /></connectionStrings></configuration>',
        CLEAR,
    )
    yield (
        "appsettings.json",
        json.dumps(
            {"ConnectionStrings": {"Default": f"Server=db;Database=shop;User Id=web;Password={v.alnum(12)};"}}, indent=1
        ),
        CLEAR,
    )
    yield ".netrc", f"machine ftp.exemple.fr\n  login web\n  password {v.alnum(12)}\n", CLEAR
    yield (
        "configuration.php",
        f"<?php\nclass JConfig {{\n\tpublic $user = 'joomla';\n\tpublic $password = '{v.strong()}';\n}}\n",
        CLEAR,
    )
    yield (
        "settings.php",
        f"$databases['default']['default'] = array (\n  'username' => 'drupal',\n  'password' => '{v.strong()}',\n);\n",
        CLEAR,
    )
    auth = base64.b64encode(f"deploy:{v.alnum(20)}".encode()).decode()
    yield "config.json", json.dumps({"auths": {"registry.exemple.fr": {"auth": auth}}}, indent=1), CLEAR + "|" + DSN
    state = {
        "version": 4,
        "resources": [{"type": "db", "instances": [{"attributes": {"username": "web", "password": v.strong()}}]}],
    }
    yield "terraform.tfstate", json.dumps(state, indent=2), CLEAR
    yield "values.yaml", f"postgresql:\n  auth:\n    username: web\n    password: {v.strong()}\n", CLEAR
    yield (
        "docker-compose.yml",
        f"services:\n  db:\n    environment:\n      MYSQL_ROOT_PASSWORD: {v.alnum(14)}\n      - POSTGRES_PASSWORD={v.alnum(14)}\n",
        CLEAR,
    )
    yield (
        "sitemanager.xml",
        f'<FileZilla3><Servers><Server><Host>ftp.exemple.fr</Host><User>web</User><Pass encoding="base64">{base64.b64encode(v.password().encode()).decode()}</Pass></Server></Servers></FileZilla3>',
        CLEAR,
    )
    yield (
        "settings.xml",
        f"<settings><servers><server><id>nexus</id><username>ci</username><password>{v.strong()}</password></server></servers></settings>",
        CLEAR,
    )
    yield (
        "chrome.csv",
        "name,url,username,password\n"
        + "".join(f"s{n}.exemple.fr,https://s{n}.exemple.fr/,elodie,{v.password()}\n" for n in range(9)),
        CLEAR,
    )
    yield "acces.txt", f"Accès FTP\nhôte : ftp.exemple.fr\nlogin : web\nmot de passe : {v.password()}\n", CLEAR
    yield "note.md", f"- admin wordpress / mdp : {v.password()}\n- wifi invité, mot de passe {v.password()}\n", CLEAR
    yield (
        "mail.txt",
        f"Bonjour,\n\nVotre identifiant est elodie.\nVotre mot de passe provisoire est {v.password()}\n",
        CLEAR,
    )
    yield "backup.sh", f"#!/bin/sh\nmysqldump -u root -p'{v.strong()}' shop > shop.sql\n", CLEAR
    yield "sync.sh", f"sshpass -p '{v.strong()}' rsync -a . web@10.0.0.4:/srv\n", CLEAR
    yield "curl.sh", f"curl -u elodie:{v.alnum(12)} https://api.exemple.fr/v1\n", CLEAR + "|" + DSN
    yield "wpa_supplicant.conf", f'network={{\n\tssid="Atelier"\n\tpsk="{v.password()}"\n}}\n', CLEAR
    yield "users.sql", f"CREATE USER 'web'@'%' IDENTIFIED BY '{v.strong()}';\n", CLEAR
    yield "pg.sql", f"ALTER ROLE web WITH LOGIN PASSWORD '{v.strong()}';\n", CLEAR
    yield "comptes.csv", "login;mdp;service\n" + "".join(f"u{n};{v.password()};s{n}\n" for n in range(15)), CLEAR
    yield (
        "unattend.xml",
        f"<unattend><AutoLogon><Password><Value>{v.password()}</Value><PlainText>true</PlainText></Password></AutoLogon></unattend>",
        CLEAR,
    )
    yield "smb.txt", f"//srv/partage /mnt cifs username=web,password={v.alnum(10)},uid=33 0 0\n", CLEAR
    yield (
        "access.log",
        f'10.0.0.4 - - [02/Jan/2026:10:00:00 +0100] "GET /login?user=elodie&password={v.alnum(10)} HTTP/1.1" 200 12\n',
        CLEAR,
    )
    yield "script.ps1", f"$pw = ConvertTo-SecureString '{v.strong()}' -AsPlainText -Force\n", CLEAR
    yield (
        "basic.txt",
        f"Authorization: Basic {base64.b64encode(f'elodie:{v.alnum(12)}'.encode()).decode()}\n",
        CLEAR + "|" + DSN,
    )
    yield (
        "tomcat-users.xml",
        f'<tomcat-users><user username="admin" password="{v.strong()}" roles="manager-gui"/></tomcat-users>',
        CLEAR,
    )


def _hashes(seed: int) -> Made:
    v = Values(f"{seed}/hashes")
    crypt = "./" + ALNUM
    yield (
        "shadow",
        f"root:$6${v.alnum(8)}${v.of(crypt, 86)}:19000:0:99999:7:::\nweb:$y$j9T${v.of(crypt, 22)}${v.of(crypt, 43)}:19000:0:99999:7:::\n",
        HASH,
    )
    yield ".htpasswd", f"elodie:$apr1${v.alnum(8)}${v.of(crypt, 22)}\npaul:$2y$05${v.of(crypt, 53)}\n", HASH
    yield "old.htpasswd", f"elodie:{{SHA}}{v.base64(20)}\n", HASH
    kinds = {
        "bcrypt": lambda: f"$2y$10${v.of(crypt, 53)}",
        "argon2": lambda: f"$argon2id$v=19$m=65536,t=3,p=4${v.alnum(22)}${v.alnum(43)}",
        "django": lambda: f"pbkdf2_sha256$600000${v.alnum(22)}${v.base64(32)}",
        "md5": lambda: v.hex(32),
        "sha1": lambda: v.hex(40),
        "sha256": lambda: v.hex(64),
        "phpass": lambda: f"$P$B{v.of(crypt, 30)}",
    }
    for kind, make in kinds.items():
        yield f"{kind}.csv", "id,login,password\n" + "".join(f'{n},u{n},"{make()}"\n' for n in range(14)), HASH
    yield (
        "users_md5.sql",
        "INSERT INTO `users` (`id`,`login`,`user_pass`) VALUES\n"
        + ",\n".join(f"({n},'u{n}','{v.hex(32)}')" for n in range(14))
        + ";\n",
        HASH,
    )
    yield "ldap.ldif", f"dn: uid=elodie,dc=exemple,dc=fr\nuserPassword: {{SSHA}}{v.base64(24)}\n", HASH
    yield "mysql_user.sql", f"INSERT INTO `user` VALUES ('%','web','*{v.of(HEX.upper(), 40)}','N');\n", HASH
    yield "pwdump.txt", f"Administrator:500:{v.hex(32)}:{v.hex(32)}:::\nelodie:1001:{v.hex(32)}:{v.hex(32)}:::\n", HASH
    yield (
        "scram.sql",
        f"CREATE ROLE web PASSWORD 'SCRAM-SHA-256$4096:{v.base64(16)}${v.base64(32)}:{v.base64(32)}';\n",
        HASH,
    )
    yield "pgmd5.sql", f"ALTER ROLE web WITH PASSWORD 'md5{v.hex(32)}';\n", HASH
