"""The positions of the delivery vans, with the driver's name."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from packing import table
from people import staff

START = (46.84052, -0.49213)


def files() -> dict[str, bytes]:
    rng = Random("vauquelin:deliveries")
    drivers = staff()[5:9]
    rows: list[list[object]] = [["horodatage", "chauffeur", "latitude", "longitude", "vitesse_kmh"]]
    for driver in drivers:
        now, (lat, lon) = datetime(2026, 11, 17, 7, 30), START
        for _ in range(60):
            now += timedelta(minutes=5)
            lat, lon = lat + rng.uniform(-0.02, 0.02), lon + rng.uniform(-0.03, 0.03)
            rows.append([now.isoformat(), driver.full, f"{lat:.6f}", f"{lon:.6f}", rng.randint(0, 88)])
    return {"livraisons/tournees_2026-11.csv": table(rows, ";", "utf-8", "\n")}
