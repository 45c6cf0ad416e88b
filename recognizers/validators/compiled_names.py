"""Which validators have a compiled form, and their numbers: each kernel takes those between two bounds."""

from __future__ import annotations

NUMBERS = (
    "siren", "siret", "nir", "nir_short", "nia", "ins", "spi", "vat_fr", "rpps", "rpps_shape", "adeli", "finess", "uai",
    "plate_siv", "document_12", "licence_12", "mixed_9", "cadastre", "nl_bsn", "pt_nif", "pl_pesel", "be_nn", "de_idnr",
    "ch_avs", "uk_nhs", "uk_nino", "es_dni", "es_nie", "it_cf", "ehic", "iban", "rib", "payment_card", "card_shape",
    "imei", "rib_spread", "card_track", "bic", "bic_like", "plate_fni",
)  # fmt: skip
PHONE = (
    "phone_fr", "phone_fr_bare", "phone_fr_shape", "phone_fr_special", "phone_shape", "phone_international",
    "phone_country", "phone_us", "phone_uk",
)  # fmt: skip
DATES = ("birth_date", "birth_day_or_midnight")
NET = (
    "ip_v4_public", "ip_v4_routed", "ip_v4_special", "ip_v6_public", "ip_v6_special", "email_address", "mac_address",
    "gps_pair", "nmea",
)  # fmt: skip
SECRETS = ("hex_hash", "session_token", "random_token", "aws_key", "api_token")
PLACES = ("postcode_town", "street_town")

KERNELS = {"numbers": NUMBERS, "phone": PHONE, "dates": DATES, "net": NET, "secrets": SECRETS, "places": PLACES}
"""The validators that each module ``compiled_...`` has."""

COMPILED = {name: number for number, name in enumerate(name for names in KERNELS.values() for name in names)}
"""Numbers of the validators that have a compiled form, by their names in ``VALIDATORS``."""
