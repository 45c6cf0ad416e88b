"""What the command line says, in French and in English."""

from __future__ import annotations

FR = {
    "scanning": "lecture",
    "first_use": "Première utilisation sur cette machine : les noyaux de calcul sont compilés, une à deux minutes.",
    "listed": "{items} fichiers, {size} à lire",
    "progress": "{items} fichiers lus, {size} sur {total}, {rate}/s",
    "inventory": "Inventaire : {path}",
    "interrupted": "Balayage interrompu : {path} dit ce qui a été lu ; reprendre avec la même commande et --resume",
    "no_declaration": "Aucune déclaration donnée : volume traité comme celui du fournisseur (rôle « responsable »). "
    "Pour le volume d'un client, --declaration est nécessaire : elle porte le mandat.",
    "failed": "le balayage n'a pas pu aller à son terme : {why}",
    "no_target": "{target} : introuvable",
    "no_connector": "{target} : aucun connecteur pour cette adresse ; « recense connectors » les liste",
    "no_server": "{target} : {why}",
    "no_table": "{target} : aucune table visible pour cet utilisateur",
    "no_sample": "--sample ne vaut que pour les bases de données (postgresql://…) ; les fichiers sont lus en entier",
    "out_inside": "{folder} : le dossier de résultat est dans le volume à lire ; choisir un -o ailleurs",
    "met": "--fail-on {condition} : condition remplie",
    "not_concluded": "{folder} : ce balayage n'a pas été conclu ({items} fichiers, {size} lus) ; "
    "le reprendre avec la même commande et --resume",
    "older": "{folder} : inventaire d'une autre version de l'outil ; « recense judge » le refait sans relire le volume",
    "other_key": "{folder} : ses empreintes ont une autre clé, ou il n'y en a pas ; balayer sans --since",
    "no_contents": "{folder} : pas de contents.parquet ; --since demande un balayage qui dise ce qu'il a lu",
    "ocr_denied": "--ocr all : le mandat ne permet pas de lire les images (mandat.autorise.ocr)",
    "ocr_missing": "--ocr all : la lecture des images n'est pas installée ({install})",
    "same_run": "{folder} : ce balayage a d'autres options ou d'autres règles ; il ne peut pas être repris",
}
EN = {
    "scanning": "reading",
    "first_use": "First use on this machine: kernels are being compiled, which takes a minute or two.",
    "listed": "{items} files, {size} to read",
    "progress": "{items} files read, {size} of {total}, {rate}/s",
    "inventory": "Inventory: {path}",
    "interrupted": "Scan interrupted: {path} says what was read; resume with the same command and --resume",
    "no_declaration": "No declaration given: the volume counts as the provider's own (role 'responsable'). "
    "A client's volume needs --declaration: it carries the mandate.",
    "failed": "the scan could not be completed: {why}",
    "no_target": "{target}: not found",
    "no_connector": "{target}: no connector for this address; 'recense connectors' lists them",
    "no_server": "{target}: {why}",
    "no_table": "{target}: no table that this user may see",
    "no_sample": "--sample is for databases only (postgresql://…); files are read whole",
    "out_inside": "{folder}: the run folder lies inside the volume to read; choose another -o",
    "met": "--fail-on {condition}: condition met",
    "not_concluded": "{folder}: this scan did not come to its end ({items} files, {size} read); "
    "resume with the same command and --resume",
    "older": "{folder}: inventory of another version of the tool; 'recense judge' makes it anew",
    "other_key": "{folder}: its digests have another key, or there are none; scan without --since",
    "no_contents": "{folder}: this run does not say what it read (contents.parquet); --since takes one that does",
    "ocr_denied": "--ocr all: the mandate does not allow pictures to be read (mandat.autorise.ocr)",
    "ocr_missing": "--ocr all: what reads pictures is not installed ({install})",
    "same_run": "{folder}: holds a run made with other options or rules; it cannot be resumed",
}


def say(lang: str, key: str, **values: object) -> str:
    """One message in one language."""
    return (FR if lang == "fr" else EN)[key].format(**values)


def human(size: float, lang: str) -> str:
    """A size in bytes as people write it: ``1,4 Mo`` or ``1.4 MB``."""
    units = ("o", "Ko", "Mo", "Go", "To") if lang == "fr" else ("B", "kB", "MB", "GB", "TB")
    for unit in units:
        if size < 1000 or unit == units[-1]:
            text = f"{size:.0f}" if unit == units[0] else f"{size:.1f}"
            return f"{text.replace('.', ',') if lang == 'fr' else text} {unit}"
        size /= 1000
    raise AssertionError
