"""Files whose form is that of a record about somebody's health, genes, body, offences or schooling, invented from a seed."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FIRST = "Élodie Karim Solène Bastien Maëlys Thibaut Inès Corentin Aïssatou Gaëtan".split()  # noqa: SIM905
LAST = "Ferrandeau Quillevic Marchessou Bertholon Delacourtie Vauzelle Kermarrec Pradelles Ossandre Tixeront".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Structured:
    """``expected`` is a regime, or nothing for a look-alike."""

    path: str
    content: bytes
    expected: str


class People:
    """Invented persons and numbers."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)

    def name(self) -> tuple[str, str]:
        return self.chance.choice(FIRST), self.chance.choice(LAST)

    def born(self) -> str:
        return f"{self.chance.randrange(1940, 2000)}{self.chance.randrange(1, 13):02}{self.chance.randrange(1, 29):02}"

    def bases(self, count: int) -> str:
        return "".join(self.chance.choice("ACGT") for _ in range(count))


def structured_files(seed: int) -> Iterator[Structured]:
    """Every file once."""
    made = [*_health(seed), *_genes(seed), *_bodies(seed), *_others(seed)]
    for number, (path, content, expected) in enumerate(made):
        yield Structured(f"p{number:02d}/{path}", content.encode() if isinstance(content, str) else content, expected)


Made = Iterator[tuple[str, str | bytes, str]]


def _hl7(p: People, end: str) -> str:
    first, last = p.name()
    lines = [
        r"MSH|^~\&|LABO|CHU|DPI|CHU|20260102101500||ORU^R01|123|P|2.5",
        f"PID|1||{p.chance.randrange(10**7, 10**8)}^^^CHU^PI||{last.upper()}^{first}||{p.born()}|F",
        "OBR|1|||718-7^HEMOGLOBINE^LN",
        "OBX|1|NM|718-7^Hemoglobine^LN||10.2|g/dL|12-16|L|||F",
    ]
    return end.join(lines) + end


def _health(seed: int) -> Made:
    p = People(f"{seed}/health")
    yield "oru.hl7", _hl7(p, "\r"), "R1-g"
    yield "flux.txt", "".join(_hl7(p, "\n") + "\n" for _ in range(5)), "R1-g"
    yield (
        "mllp.log",
        "".join(f"2026-01-02 10:00:0{n} RECV {line}\n" for n, line in enumerate(_hl7(p, "\n").split("\n")[:4])),
        "R1-g",
    )
    first, last = p.name()
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"family": last, "given": [first]}],
        "birthDate": "1961-04-02",
    }
    condition = {
        "resourceType": "Condition",
        "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]},
    }
    allergy = {
        "resourceType": "AllergyIntolerance",
        "patient": {"reference": "Patient/p1"},
        "code": {"text": "Pénicilline"},
    }
    yield "patient.json", json.dumps(patient, indent=1), "R1-g"
    yield (
        "bundle.json",
        json.dumps(
            {
                "resourceType": "Bundle",
                "type": "collection",
                "entry": [{"resource": r} for r in (patient, condition, allergy)],
            }
        ),
        "R1-g",
    )
    yield "condition.ndjson", "".join(json.dumps(condition) + "\n" for _ in range(6)), "R1-g"
    yield (
        "observation.json",
        json.dumps(
            {
                "resourceType": "Observation",
                "status": "final",
                "subject": {"reference": "Patient/p1"},
                "valueQuantity": {"value": 10.2, "unit": "g/dL"},
            }
        ),
        "R1-g",
    )
    yield "fhir.log", f"POST /fhir body={json.dumps(patient)}\n", "R1-g"
    fhir = '<?xml version="1.0"?>\n<Patient xmlns="http://hl7.org/fhir"><id value="p1"/><name><family value="{}"/><given value="{}"/></name><birthDate value="1961-04-02"/></Patient>'
    yield "patient.xml", fhir.format(last, first), "R1-g"
    yield (
        "bundle.xml",
        f'<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Condition><subject><reference value="Patient/p1"/></subject><code><text value="Diabète"/></code></Condition></resource></entry><entry><resource>{fhir.format(last, first)[21:]}</resource></entry></Bundle>',
        "R1-g",
    )
    cda = f'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>CR biologie</title><recordTarget><patientRole><id extension="279035121518989" root="1.2.250.1.213.1.4.10"/><patient><name><given>{first}</given><family>{last}</family></name></patient></patientRole></recordTarget></ClinicalDocument>'
    yield "cr.xml", cda, "R1-g"
    yield "cda.xml", cda.replace("<", "<hl7:").replace("<hl7:/", "</hl7:").replace("<hl7:?", "<?"), "R1-g"
    yield (
        "v2.xml",
        f"<ORU_R01><PID><PID.3><CX.1>81723</CX.1></PID.3><PID.5><XPN.1>{last}</XPN.1><XPN.2>{first}</XPN.2></PID.5></PID></ORU_R01>",
        "R1-g",
    )
    yield "irm.dcm", dicom(p), "R1-g"
    yield "IM0001", dicom(p, implicit=True), "R1-g"
    yield (
        "sejours.csv",
        "ipp;nom;prenom;cim10\n"
        + "".join(
            f"{p.chance.randrange(10**6)};{(n := p.name())[1]};{n[0]};{p.chance.choice(['E119', 'I10', 'F322', 'C509', 'J459'])}\n"
            for _ in range(14)
        ),
        "R1-g",
    )
    yield (
        "actes.csv",
        "nom;prenom;acte_ccam;date\n"
        + "".join(
            f"{(n := p.name())[1]};{n[0]};{p.chance.choice(['HHFA001', 'NFKA007', 'DEQP003', 'YYYY010'])};2025-03-04\n"
            for _ in range(14)
        ),
        "R1-g",
    )
    yield (
        "delivrances.csv",
        "nom,prenom,code_cip13,quantite\n"
        + "".join(f"{(n := p.name())[1]},{n[0]},34009{p.chance.randrange(10**7, 10**8)},1\n" for _ in range(14)),
        "R1-g",
    )
    yield "cr.txt", f"Patiente : Mme {last} {first}\nDiagnostic principal : E11.9\nDAS : I10, F32.2\n", "R1-g"
    yield (
        "rqth.csv",
        "matricule,nom,prenom,rqth,taux_ipp\n"
        + "".join(
            f"{p.chance.randrange(1000, 9999)},{(n := p.name())[1]},{n[0]},{p.chance.choice(['oui', 'non'])},{p.chance.randrange(0, 60)}\n"
            for _ in range(14)
        ),
        "R1-g",
    )
    yield (
        "ins.json",
        json.dumps(
            {"nom": last, "prenom": first, "ins": {"matricule": "279035121518989", "oid": "1.2.250.1.213.1.4.8"}}
        ),
        "R1-g",
    )
    yield (
        "dp.txt",
        "".join(
            f"IPP {p.chance.randrange(10**6)} {(n := p.name())[1]} {n[0]} DP I214 DAS E119 GHM 05M042\n"
            for _ in range(6)
        ),
        "R1-g",
    )
    yield (
        "loinc.csv",
        "patient_id,nom,prenom,loinc,valeur,unite\n"
        + "".join(f"{n},{(m := p.name())[1]},{m[0]},2345-7,{p.chance.randrange(70, 200)},mg/dL\n" for n in range(14)),
        "R1-g",
    )


def dicom(p: People, *, implicit: bool = False) -> bytes:
    """A file of one picture, as an MRI writes it; ``implicit`` in the transfer syntax without types."""
    first, last = p.name()
    syntax = b"1.2.840.10008.1.2" if implicit else b"1.2.840.10008.1.2.1"
    meta = _element(2, 0x10, b"UI", syntax, typed=True)
    head = _element(2, 0, b"UL", struct.pack("<I", len(meta)), typed=True) + meta
    values = [
        (0x08, 0x60, b"CS", b"MR"),
        (0x08, 0x1030, b"LO", b"IRM cerebrale"),
        (0x10, 0x10, b"PN", f"{last.upper()}^{first.upper()}".encode("latin-1")),
        (0x10, 0x20, b"LO", b"81723"),
        (0x10, 0x30, b"DA", p.born().encode()),
        (0x10, 0x40, b"CS", b"F"),
        (0x28, 0x10, b"US", struct.pack("<H", 16)),
    ]
    body = b"".join(_element(*value, typed=not implicit) for value in values)
    pixels = struct.pack("<HH", 0x7FE0, 0x10) + (b"OW\0\0" if not implicit else b"") + struct.pack("<I", 512)
    return bytes(128) + b"DICM" + head + body + pixels + p.chance.randbytes(512)


def _element(group: int, number: int, kind: bytes, value: bytes, *, typed: bool) -> bytes:
    value += b" " * (len(value) % 2)
    size = kind + struct.pack("<H", len(value)) if typed else struct.pack("<I", len(value))
    return struct.pack("<HH", group, number) + size + value


_VCF = '##fileformat=VCFv4.2\n##reference=GRCh38\n##contig=<ID=chr1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'


def _genes(seed: int) -> Made:
    p = People(f"{seed}/genes")
    rows = "".join(
        f"chr1\t{n * 1000 + 7}\trs{p.chance.randrange(10**5, 10**8)}\tA\tG\t50\tPASS\tDP=30\tGT:DP\t0/1:30\n"
        for n in range(30)
    )
    vcf = f"{_VCF}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tFERRANDEAU_E\n{rows}"
    yield "sample.vcf", vcf, "R1-e"
    yield "sample.vcf.gz", gzip.compress(vcf.encode(), mtime=0), "R1-e"
    raw = "# This data file generated by 23andMe at: Mon Jan  6 2025\n# rsid\tchromosome\tposition\tgenotype\n"
    raw += "".join(
        f"rs{p.chance.randrange(10**5, 10**8)}\t{p.chance.randrange(1, 23)}\t{p.chance.randrange(10**6)}\t{p.bases(2)}\n"
        for _ in range(60)
    )
    yield "genome_Elodie.txt", raw, "R1-e"
    ancestry = "rsid\tchromosome\tposition\tallele1\tallele2\n" + "".join(
        f"rs{p.chance.randrange(10**5, 10**8)}\t1\t{n}\t{p.bases(1)}\t{p.bases(1)}\n" for n in range(60)
    )
    yield "AncestryDNA.txt", ancestry, "R1-e"
    heritage = "RSID,CHROMOSOME,POSITION,RESULT\n" + "".join(
        f'"rs{p.chance.randrange(10**5, 10**8)}","1","{n}","{p.bases(2)}"\n' for n in range(60)
    )
    yield "MyHeritage.csv", heritage, "R1-e"
    sam = "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:248956422\n@RG\tID:a\tSM:patient_81723\tPL:ILLUMINA\n"
    sam += "".join(f"r{n}\t99\tchr1\t{n + 5}\t60\t50M\t=\t200\t150\t{p.bases(50)}\t{'F' * 50}\n" for n in range(20))
    yield "reads.sam", sam, "R1-e"
    text = sam.split("r0\t")[0].encode()
    bam = (
        b"BAM\1"
        + struct.pack("<I", len(text))
        + text
        + struct.pack("<I", 1)
        + struct.pack("<I", 5)
        + b"chr1\0"
        + struct.pack("<I", 248956422)
        + p.chance.randbytes(900)
    )
    yield "reads.bam", gzip.compress(bam, mtime=0), "R1-e"
    yield (
        "genotypes.csv",
        "nom,prenom,gene,genotype\n"
        + "".join(f"{(n := p.name())[1]},{n[0]},HFE,{p.bases(1)}/{p.bases(1)}\n" for _ in range(14)),
        "R1-e",
    )


def _bodies(seed: int) -> Made:
    p = People(f"{seed}/bodies")
    yield "finger.fmr", b"FMR\0 20\0" + struct.pack(">I", 400) + p.chance.randbytes(392), "R1-f"
    yield "face.fac", b"FAC\x00010\x00" + p.chance.randbytes(900), "R1-f"
    yield "iris.iir", b"IIR\x00010\x00" + p.chance.randbytes(900), "R1-f"
    yield "doigt.wsq", b"\xff\xa0\xff\xa8\0\x5eNIST_COM 9\nPIX_WIDTH 545\n" + p.chance.randbytes(900), "R1-f"
    yield (
        "fiche.an2",
        b"1.001:152\x1d1.002:0400\x1d1.003:1\x1f2\x1e2\x1f00\x1d1.004:FAED\x1d2.018:"
        + p.name()[1].encode()
        + b"\x1c"
        + p.chance.randbytes(300),
        "R1-f",
    )
    vector = lambda: [round(p.chance.uniform(-1, 1), 4) for _ in range(64)]  # noqa: E731
    yield "faces.json", json.dumps([{"user": " ".join(p.name()), "face_embedding": vector()} for _ in range(9)]), "R1-f"
    yield (
        "visages.csv",
        "nom;prenom;gabarit_visage\n" + "".join(f"{(n := p.name())[1]};{n[0]};{p.bases(40)}\n" for _ in range(12)),
        "R1-f",
    )
    yield (
        "pointeuse.csv",
        "badge,nom,prenom,fingerprint_template\n"
        + "".join(f"{p.chance.randrange(999)},{(n := p.name())[1]},{n[0]},{p.bases(40)}\n" for _ in range(12)),
        "R1-f",
    )


def _others(seed: int) -> Made:
    p = People(f"{seed}/others")
    first, last = p.name()
    yield (
        "b3.txt",
        f"EXTRAIT DU CASIER JUDICIAIRE\nBulletin n° 3\nNom : {last}\nPrénom : {first}\nNé le 02/04/1971\nCondamnation du 3 mai 2019\n",
        "R3",
    )
    yield (
        "pv.txt",
        f"Procès-verbal n° 2024/00871\nN° parquet : 24031000123\nNATINF 7151\nMis en cause : {last} {first}\n",
        "R3",
    )
    yield (
        "natinf.csv",
        "nom;prenom;date_faits;code_natinf;num_parquet\n"
        + "".join(
            f"{(n := p.name())[1]};{n[0]};2024-02-03;{p.chance.randrange(20, 33000)};2403{p.chance.randrange(10**6, 10**7)}\n"
            for _ in range(12)
        ),
        "R3",
    )
    yield (
        "fijais.csv",
        "nom,prenom,inscrit_fijais\n" + "".join(f"{(n := p.name())[1]},{n[0]},oui\n" for _ in range(12)),
        "R3",
    )
    yield (
        "classe.csv",
        "nom;prenom;classe;responsable_legal_1;tel_responsable\n"
        + "".join(
            f"{(n := p.name())[1]};{n[0]};{p.chance.choice(['CM2', '6eB', 'CE1'])};{p.name()[0]} {n[1]};06 39 98 {p.chance.randrange(10, 99)} {p.chance.randrange(10, 99)}\n"
            for _ in range(14)
        ),
        "R4",
    )
    yield (
        "eleves.csv",
        "INE,nom,prenom,date_naissance,code_uai,division\n"
        + "".join(
            f"{p.chance.randrange(10**9, 10**10)}A,{(n := p.name())[1]},{n[0]},201{p.chance.randrange(3, 7)}-03-0{p.chance.randrange(1, 9)},0751234J,5A\n"
            for _ in range(14)
        ),
        "R4",
    )
    yield (
        "cantine.csv",
        "enfant;ecole;pai;quotient_familial\n"
        + "".join(
            f"{' '.join(p.name())};Jules Ferry;{p.chance.choice(['oui', 'non'])};{p.chance.randrange(300, 1500)}\n"
            for _ in range(14)
        ),
        "R4",
    )
    yield (
        "paie.txt",
        f"BULLETIN DE PAIE\nSalarié : {first} {last}\nSalaire de base 2 100,00\nCotisation syndicale CGT 12,50\nNet à payer 1 640,20\n",
        "R1-d",
    )
    yield (
        "syndicat.csv",
        "nom;prenom;syndicat;cotisation_syndicale\n"
        + "".join(f"{(n := p.name())[1]};{n[0]};{p.chance.choice(['CGT', 'CFDT', 'FO'])};12,50\n" for _ in range(12)),
        "R1-d",
    )
    yield (
        "arrets.dsn",
        f"S21.G00.30.001,'279035121518989'\nS21.G00.30.002,'{last}'\nS21.G00.30.004,'{first}'\nS21.G00.60.001,'01'\nS21.G00.60.002,'02012026'\n",
        "R1-g",
    )
