"""What the text lanes say of each sentence: tables by class, and where they are wrong, as identities only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from special_figures import share
from special_sentences import REGIMES, Sentence

from scanner.analyze import regimes
from scanner.config import Settings
from scanner.model import Level
from scanner.recognition.shares import Allowance
from scanner.recognition.text import text_lanes

LEVELS = [Level.INDICE, Level.POSSIBLE, Level.PROBABLE]
Answers = dict[str, dict[str, Level]]


def answers(sentences: Sequence[Sentence]) -> Answers:
    """The special regimes of each sentence, by identity, with the highest level of each."""
    settings = Settings(today=date(2026, 11, 23))
    lanes, said = text_lanes(settings), {}
    for sentence in sentences:
        spans = lanes.spans(sentence.text, Allowance(settings.ner_chars).file())
        found = regimes(spans)
        said[sentence.identity] = {regime: Level[found[regime]] for regime in REGIMES if regime in found}
    return said


def _holds(said: dict[str, Level], regime: str, least: Level) -> bool:
    return regime in said and said[regime] >= least


def _any(said: dict[str, Level], least: Level) -> bool:
    return any(level >= least for level in said.values())


def _by_class(sentences: Sequence[Sentence], said: Answers, least: Level) -> Iterator[str]:
    precisions, recalls = [], []
    for regime in REGIMES:
        own = [s for s in sentences if s.regime == regime]
        right = sum(_holds(said[s.identity], regime, least) for s in own)
        others = [s for s in sentences if s.regime != regime and regime not in s.also]
        wrong = sum(_holds(said[s.identity], regime, least) for s in others)
        precisions.append(right / (right + wrong) if right + wrong else 0.0)
        recalls.append(right / len(own))
        parts = [[s for s in own if s.lang == lang and s.kind == kind] for lang, kind in KINDS]
        split = " ".join(f"{sum(_holds(said[s.identity], regime, least) for s in p):3}/{len(p):<3}" for p in parts)
        yield f"{regime:6} P {share(right, right + wrong):28} R {share(right, len(own)):28} {split}"
    precision, recall = sum(precisions) / len(REGIMES), sum(recalls) / len(REGIMES)
    mean = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    yield f"macro  P {precision:.3f}   R {recall:.3f}   F1 {mean:.3f}   (a class in which nothing is found: P 0)"


KINDS = [("fr", "usual"), ("fr", "unusual"), ("en", "usual"), ("en", "unusual")]


def _together(sentences: Sequence[Sentence], said: Answers, least: Level) -> Iterator[str]:
    about = [s for s in sentences if s.regime]
    for lang, kind in [("", ""), *KINDS]:
        some = [s for s in about if s.lang.startswith(lang) and s.kind.startswith(kind)]
        hit = sum(_any(said[s.identity], least) for s in some)
        yield f"any regime, {lang or 'all':4}{kind:10} R {share(hit, len(some))}"
    for kind in ["", "false friends", "ordinary"]:
        for lang in ["fr", "en"]:
            some = [s for s in sentences if not s.regime and s.lang == lang and s.kind.startswith(kind)]
            loud = sum(_any(said[s.identity], least) for s in some)
            yield f"false alarms, {lang} {kind or 'neutral':14} {share(loud, len(some))}"


def table(sentences: Sequence[Sentence], said: Answers) -> Iterator[str]:
    """Precision and recall at each level; last columns: found of usual and unusual ones, French then English."""
    for least in LEVELS:
        yield f"\nsentences at {least.name}+  (right/of: fr usual, fr unusual, en usual, en unusual)"
        yield from _by_class(sentences, said, least)
        yield from _together(sentences, said, least)


def errors(sentences: Sequence[Sentence], said: Answers, least: Level) -> Iterator[str]:
    """Identity and classes of what is missed or wrongly found, without the text."""
    for s in sentences:
        found = sorted(regime for regime in said[s.identity] if _holds(said[s.identity], regime, least))
        wrong = [regime for regime in found if regime != s.regime and regime not in s.also]
        if wrong or (s.regime and s.regime not in found):
            yield f"{s.identity} expected {s.regime or 'none'} found {','.join(found) or 'none'}"
