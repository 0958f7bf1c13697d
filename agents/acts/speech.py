"""Speech acts: what it does to accuse, call, threaten, warn, reject, deny, pledge, welcome, offer or hope."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Final

from agents.acts.bench import Bench
from agents.acts.nearby import referred_to
from agents.acts.records import COOPERATIVE, HOSTILE, Act, Clause
from agents.acts.requests import request
from agents.acts.role_words import load_role_words
from agents.acts.stance_words import load_stance_words
from agents.acts.told import told
from agents.language.names import AND, CONJUNCTIONS, HER, HIS, TA_MARBUTA
from agents.language.triggers import Trigger, nominal
from schemas import ActorKind, EventType
from schemas import Modality as Mood

_ORDER: Final = "order"  # rows of `reporting.yaml`
_DOUBT: Final = "doubt"
_ALERT: Final = "alert"
_OBJECT: Final = "have_reservations"
_EXCUSE: Final = "excuse_oneself"
_DISOWN: Final = "disown"
_REFUSE: Final = "refuse"  # rows of `acts.yaml`
_UNINVITE: Final = "uninvites"
_PLOTS: Final = frozenset(["plot_laid_bare", "pretext", "wants_to_wipe_out"])
_WAS: Final = 9  # tokens between كان and its verb
_WHEN: Final = 4  # tokens that say when, before a verb that opens its sentence
_OPENING: Final = 2  # words in which a clause names its subject
_PRESENT: Final = 4  # words in which it names troops that are somewhere
_WARNED: Final = 3  # words in which it names what it warns of

_ORDERED: Final = frozenset(["MOBILIZE", "SANCTION", "CONCEDE", "RETREAT"])  # deeds that an order does

SpeechAct = Callable[[Bench, Clause, Sequence[Trigger]], Act | None]


def call(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    if _negated(bench, clause):
        return reject(bench, clause, found)
    if (
        clause.verb == _ORDER
        and not clause.addressees
        and any(t.row.type in HOSTILE and t.aspect == "noun" for t in found)
    ):
        return told(bench, clause, found)  # who orders his own to do it does it
    own_deed = _ordered(bench, clause)
    if own_deed is not None:
        return own_deed
    if clause.speakers and clause.addressees and bench.says(clause, "guest"):  # "دعا نظيره إلى زيارة العاصمة"
        return bench.act("COOPERATE", Mood.ASSERTED, clause, recipients=bench.targets(clause))
    opening = bench.cast.sides(clause.start, min(clause.end, clause.start + _OPENING))
    stated = [t for t in found if t.aspect != "noun" or t.end - t.start > 1]  # "الامتناع عن القصف" is asked for
    told_of_himself = told(bench, clause, stated) if set(opening) & set(clause.speakers) else None
    if told_of_himself is not None and told_of_himself.event_type == EventType.REJECT:
        return told_of_himself  # "إن الجماعة لا تذهب إلى حوار"
    return request(bench, clause)


def _ordered(bench: Bench, clause: Clause) -> Act | None:
    """ "أمر قواته بالتحرك", "طلبت من السفير مغادرة البلاد": an order that is a deed itself, told by its verb."""
    if not clause.reach or not clause.speakers:
        return None
    whole = Clause(*clause.reach)
    found = [t for t in bench.find(whole) if t.start == whole.start and t.row.type in _ORDERED]
    best = bench.best(found)
    return bench.act(best.row.type, Mood.ASSERTED, clause, mode=best.row.mode, surface=best) if best else None


def _negated(bench: Bench, clause: Clause) -> bool:
    """ "لم تعد ملزمة", "غير مرحب": the participle of a speech act with a negation before it."""
    first = clause.reach[0] if clause.reach else clause.start
    before = [token.form.removeprefix(AND) for token in bench.tokens[max(0, first - 2) : first]]
    return not load_stance_words().negating.isdisjoint((" ".join(before[-1:]), " ".join(before)))


def accuse(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    unlisted = not clause.speakers and not bench.addresses_sides(clause)
    if unlisted or _negated(bench, clause) or bench.says(clause, "no_accusation"):
        return None
    named = (*clause.addressees, *bench.cast.sides(clause.start, clause.end))
    accused = [side for side in named if side not in clause.speakers]
    if not accused:
        accused = _referred_to(bench, clause) or list(bench.cast.adversaries(clause.speakers, clause.start))
    if not (found or accused) or (clause.verb == _DOUBT and not (found or named)):
        return None
    return bench.act("ACCUSE", Mood.ASSERTED, clause, mode="allege" if found else "disapprove", recipients=accused[:2])


def _referred_to(bench: Bench, clause: Clause) -> list[str]:
    """Whom the pronoun of the verb means, the side or person named last: "واتهمه سموتريتش", of the same side too."""
    first = clause.reach[0] if clause.reach else clause.start
    if not bench.tokens[first].form.endswith((HIS, HER)) or bench.tokens[first].light.endswith(TA_MARBUTA):
        return []
    cast = bench.cast
    near = referred_to(cast, clause.speakers, first)
    if near or bench.tokens[first].form.endswith(HER):
        return near
    named = (m for m in reversed(cast.within(0, first)) if cast.lexicon.kind_of(m.target) == ActorKind.PERSON)
    return [side for m in named if (side := cast.side(m)) in cast.parties][:1]


def threaten(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    best = max(found, key=lambda t: t.row.rank, default=None)
    if bench.cast.of_thing(clause.reach[0] if clause.reach else clause.start):
        return None  # "الخلاف التركي يهدد بإفشال الجولة"
    report = Clause(*clause.reach, clause.kind) if clause.reach else clause
    lead = Clause(_lead(bench, report), clause.start, clause.kind)  # "كان قد هدد في 2019 بالرد إذا"
    gone = any(bench.manner(part, of).background for part, of in ((report, best), (lead, None)))
    mood = Mood.BACKGROUND if gone else Mood.CONDITIONAL
    mode = bench.plover.threatened.get(best.row.type) if best else None
    return bench.act("THREATEN", mood, clause, mode=mode, surface=best, recipients=bench.targets(clause, threat=True))


def _lead(bench: Bench, report: Clause) -> int:
    """Where a report begins that tells of what was: "وكان الرئيس التركي قد هدد الشهر الماضي", "في ذلك العام هدد"."""
    before = range(report.start - 1, max(-1, report.start - _WAS), -1)
    near = list(takewhile(lambda i: bench.tokens[i].kind == "word", before))
    was = (i for i in near if bench.tokens[i].form.lstrip(CONJUNCTIONS) in bench.modality.was)
    return next(was, near[-1] if 0 < len(near) <= _WHEN else report.start)


def warn(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """A side that warns of what it or its adversary will do threatens; who stands by and warns of war does not."""
    act = told(bench, clause, found)
    if act is not None and act.event_type in (EventType.THREATEN, EventType.REJECT):
        will_not = bench.tokens[clause.start].light in load_stance_words().will_not
        foreseen = act.event_type == EventType.THREATEN and bench.looks_on(clause) and not will_not
        return None if foreseen else act
    laid_bare = act is not None and (clause.verb == _ALERT or act.row in _PLOTS or _is_going_on(bench, clause))
    if act is not None and act.event_type == EventType.ACCUSE and laid_bare and bench.blamed(clause):
        return act
    if not bench.cast.has_stake(clause.speakers) or _is_foreseen(bench, clause):
        return None
    return _plotted(bench, clause, found) or _warned(bench, clause, found)


def _is_going_on(bench: Bench, clause: Clause) -> bool:
    """ "حذر من أن جارته تحاول شراء الوقت": what the adversary, who opens the clause, is doing and not yet to do."""
    opening = bench.cast.within(clause.start, min(clause.end, clause.start + _OPENING))
    free = (m for m in opening if not m.clitics and (m.start == clause.start or not bench.cast.governed(m)))
    theirs = [bench.cast.side(m) for m in free]
    ahead = any(bench.modality.is_ahead(bench.tokens, i) for i in range(clause.start, clause.end))
    manner = bench.manner(clause, bench.best(bench.find(clause)))
    known = bool(theirs) and bench.at_odds(clause, theirs) and not set(theirs) & set(clause.speakers)
    return known and not (ahead or manner.possible or manner.conditional)


def _warned(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """What a side warns of itself: a threat, unless nobody means to do it, or it is only pointed out."""
    opening = Clause(clause.start, min(clause.end, clause.start + _WARNED))
    names_it = bench.cast.disputes(clause.speakers) and bench.says(opening, "warned")  # "حذرت من أي مساس بحدودها"
    evil = names_it or bench.says(clause, "harm")
    strangers = bench.cast.stranger_at(clause.start, opening.end)  # "حذر من تسلل الجماعات الإرهابية"
    if not (found or evil) or strangers or _befalls_himself(bench, clause, found):
        return None
    if clause.verb == _ALERT and not evil and _is_pointed_out(bench, clause, found):
        return bench.act("REJECT", Mood.ASSERTED, clause, recipients=bench.targets(clause))
    return bench.act("THREATEN", Mood.CONDITIONAL, clause, recipients=bench.targets(clause, threat=True))


def _is_pointed_out(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> bool:
    """ "نبه إلى أن القيود ليست محل تفاوض": what is so, and neither evil nor ahead."""
    evil = any(t.row.type in HOSTILE | {"THREATEN", "ACCUSE"} for t in found)
    ahead = any(bench.modality.is_ahead(bench.tokens, i) for i in range(clause.start, clause.end))
    return not evil and not ahead and not bench.manner(clause, bench.best(found)).conditional


def _befalls_himself(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> bool:
    """ "حذر من اعتداءات جديدة قد تضرب فرنسا": a deed of nobody that may befall who warns of it."""
    named = bench.cast.sides(clause.start, clause.end)
    mine = bool(named) and set(named) <= set(clause.speakers)
    nobody = all(t.row.type == "ASSAULT" and not bench.manner(clause, t).conditional for t in found)
    whichever = bench.tokens[clause.start].form in load_stance_words().whichever
    return (
        bool(found)
        and mine
        and nobody
        and not whichever
        and not any(bench.tokens[i].form in load_role_words().own for i in range(clause.start, clause.end))
    )


def _plotted(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """ "نبه إلى أن جارته قد تلجأ إلى استفزازات": who warns of what the adversary is up to accuses him."""
    first = bench.cast.within(clause.start, min(clause.end, clause.start + _OPENING))
    opens = [side for m in first[:1] if not (m.clitics or bench.cast.governed(m)) for side in [bench.cast.side(m)]]
    evil = next((t for t in found if t.row.type == "ACCUSE" and t.start > clause.start), None)
    if evil is None or not bench.cast.disputes(clause.speakers) or not bench.at_odds(clause, opens):
        return None
    if set(opens) & set(clause.speakers) or not bench.manner(clause, evil).possible:
        return None
    return bench.act("ACCUSE", Mood.CONDITIONAL, clause, mode="allege", surface=evil, recipients=opens)


def _is_foreseen(bench: Bench, clause: Clause) -> bool:
    """ "خطر اندلاع نزاع", "القتال يهدد الملاحة", "حرب بين تركيا واليونان": no side will do it."""
    opening = Clause(clause.start, min(clause.end, clause.start + _WARNED))
    event = bench.says(opening, "event") and not bench.cast.own_at(clause.start, clause.end)
    thing = not load_role_words().things.isdisjoint(nominal(bench.tokens[clause.start].form))
    third = not (bench.cast.disputes(clause.speakers) or clause.addressees)
    return event or (thing and bench.looks_on(clause)) or (third and bench.between_others(clause))


def refuse(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """A refusal by its verb; who "refuses to rule out" a deed threatens with it."""
    if any(t.row.id == _REFUSE and t.start == clause.start and t.aspect == "present" for t in found):
        meant = [t for t in found if t.row.type in HOSTILE | {"THREATEN"}]
        return threaten(bench, clause, meant) if meant else None
    return reject(bench, clause, found)


def reject(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    if bench.says(clause, "no_refusal") or not clause.speakers:
        return None
    if clause.kind == "reject" and _negated(bench, clause):  # "لم يرفض الدعوة", "لست أستخف بالوساطة"
        return None
    apology = any(t.row.type in HOSTILE for t in found) or bench.says(clause, "apologised")
    if clause.verb == _EXCUSE and apology:  # "اعتذرت عن إسقاط الطائرة"
        return bench.act("CONCEDE", Mood.ASSERTED, clause, recipients=bench.targets(clause))
    if clause.verb == _EXCUSE and not bench.says(clause, "excused"):
        return None  # "اعتذر عن أغنية"
    if clause.verb == _OBJECT and clause.reach:  # "اعترضت بوارج سفينة": they stop it
        whole = Clause(*clause.reach)
        if bench.says(whole, "stopped"):
            return told(bench, whole, bench.find(whole))
    return bench.act("REJECT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def rule_out(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """ "استبعدت الشركات من مناقصاتها", "استبعدتها من قائمة المدعوين" are deeds; all else is spoken of."""
    whole = Clause(*clause.reach) if clause.reach else clause
    if any(t.row.id == _UNINVITE and t.start == whole.start for t in bench.find(whole)):
        return reject(bench, clause, found)
    return _ordered(bench, clause) or _ruled_out(bench, clause, found)


def _ruled_out(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """ "مستبعدا عقد أي لقاء" refuses it; "لم يستبعد نشر قوات" threatens with it."""
    first = clause.reach[0] if clause.reach else clause.start
    words = load_stance_words()
    if first and bench.tokens[first - 1].light.lstrip(AND) in words.not_ruled_out:
        if any(t.row.type in HOSTILE | {"THREATEN"} for t in found):
            return threaten(bench, clause, found)
        act = told(bench, clause, [t for t in found if t.row.type in COOPERATIVE])  # "لم يستبعد إبقاء البعثة"
        meets = act is None and bool(clause.speakers) and bench.says(clause, "talks_subject")
        return bench.act("AGREE", Mood.CONDITIONAL, clause, recipients=bench.targets(clause)) if meets else act
    opening = Clause(clause.start, min(clause.end, clause.start + _OPENING))
    if bench.cast.disputes(clause.speakers) and bench.says(clause, "by_force"):  # "استبعد اللجوء إلى القوة"
        return bench.act("CONCEDE", Mood.DENIED, clause, recipients=bench.targets(clause))
    if not bench.cast.disputes(clause.speakers) or bench.says(opening, "event"):  # "نشوب حرب" is foreseen
        return None
    that = bench.tokens[max(0, clause.start - 1)].form in words.that
    named = not that and (not found or bench.tokens[clause.start].form in words.whichever)  # a deed, and no event
    own = bench.cast.own_at(opening.start, min(clause.end, opening.end + _OPENING))  # "أن تعيد بلاده جنودها"
    of_talks = not that and (bench.says(clause, "talks_subject") or bench.says(clause, "welcomed"))
    if named or own or of_talks:
        return reject(bench, clause, found)
    return None


def deny(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """What is denied is a signal only as denied, and only where it would have been one of escalation."""
    best = bench.best([t for t in found if t.row.type in HOSTILE | {"THREATEN"}])
    if clause.verb == _DISOWN and bench.says(clause, "disowned"):  # "تنصلت من الاتفاق"
        return reject(bench, clause, found)
    if best is None and any(t.row.breaks for t in found):
        return None  # talks that are not cancelled after all
    if best is None and _is_of_presence(bench, clause):
        return bench.act("MOBILIZE", Mood.DENIED, clause, mode="troops")
    if best is None:
        yields = bench.says(clause, "will") and any(t.row.type in COOPERATIVE for t in found)
        opening = Clause(clause.start, min(clause.end, clause.start + _OPENING))
        yields = bench.cast.disputes(clause.speakers) and (yields or bench.says(clause, "would_yield"))
        yields = yields or (bench.cast.disputes(clause.speakers) and bench.says(clause, "no_deal"))
        yields = yields and not bench.says(opening, "rumoured")  # "نفى ما نشر عن استعداده للانسحاب"
        return bench.act("REJECT", Mood.ASSERTED, clause, recipients=bench.targets(clause)) if yields else None
    subject = bench.subject(best, clause)
    named = {bench.cast.side(m) for m in bench.cast.within(clause.start, clause.end) if m.via != "adjective"}
    actors = subject if named & set(subject) else clause.speakers or subject
    return bench.act(best.row.type, Mood.DENIED, clause, mode=best.row.mode, surface=best, actors=actors)


def _is_of_presence(bench: Bench, clause: Clause) -> bool:
    """ "نفت أنقرة وجود جنود لها في الجزيرة": who denies that troops are there denies having sent them."""
    opening = Clause(clause.start, min(clause.end, clause.start + _PRESENT))
    return bool(clause.speakers) and bench.says(opening, "presence")


def pledge(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    helps = min((t.start for t in found if t.row.type in ("AID", "SUPPORT")), default=clause.end)
    evil = [t for t in found if t.row.type in HOSTILE | {"THREATEN"}]
    if evil and all(t.start > helps for t in evil):  # "ستقدم دعما لمواجهة الهجمات"
        return told(bench, clause, [t for t in found if t not in evil])
    helping = [t for t in found if t.row.type == "AID"]
    if helping and not evil and (aid := told(bench, clause, helping)) is not None:
        return aid  # "تعهدت تقديم مليار لأوكرانيا"
    best = bench.best([t for t in evil if not bench.manner(clause, t).hypothetical])  # "بالدفاع عنها إذا هوجمت"
    if best is not None and not _left_undone(bench, clause, best) and not bench.says(clause, "calm"):
        return threaten(bench, clause, found)
    if not clause.speakers:
        return None
    defends = evil and best is None and bench.says(clause, "defends")
    event_type, mood = ("SUPPORT", Mood.CONDITIONAL) if defends else ("AGREE", Mood.ASSERTED)
    return bench.act(event_type, mood, clause, recipients=bench.targets(clause))


def _left_undone(bench: Bench, clause: Clause, trigger: Trigger) -> bool:
    manner = bench.manner(clause, trigger)
    return manner.negated or manner.absent or manner.ceased


def agree(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    """ "اتفق الجانبان على تبادل الأسرى": the verb that tells it is the deed too."""
    whole = Clause(*clause.reach) if clause.reach else clause
    return told(bench, whole, bench.find(whole))


def welcome(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    if _negated(bench, clause):
        return reject(bench, clause, found)
    if not clause.speakers or not (bench.says(clause, "welcomed") or bench.says(clause, "achieved")):
        return None
    return bench.act("SUPPORT", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def offer(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    if not clause.speakers:
        return None
    if _is_for_another(bench, clause):
        return request(bench, clause)
    act = told(bench, clause, [t for t in found if t.row.type not in COOPERATIVE])
    if act is not None:
        return act
    if not (
        bench.says(clause, "calm") or bench.says(clause, "welcomed") or any(t.row.type in COOPERATIVE for t in found)
    ):
        return None
    return bench.act("COOPERATE", Mood.ASSERTED, clause, recipients=bench.targets(clause))


def _is_for_another(bench: Bench, clause: Clause) -> bool:
    """ "اقترح أن توقف أنقرة طلعاتها": what the adversary is to do is asked of him."""
    verb = any(shape.aspect == "present" for shape, _ in bench.triggers.shapes(bench.tokens[clause.start].form))
    doer = bench.cast.sides(clause.start + 1, min(clause.end, clause.start + _OPENING))
    return verb and bench.cast.disputes(clause.speakers) and bool(doer) and not set(doer) & set(clause.speakers)


def hope(bench: Bench, clause: Clause, found: Sequence[Trigger]) -> Act | None:
    return None


# By the kinds of `reporting.yaml`; whatever is merely said is told.
BY_KIND: Final[dict[str, SpeechAct]] = {
    "accuse": accuse,
    "call": call,
    "threaten": threaten,
    "warn": warn,
    "reject": refuse,
    "rule_out": rule_out,
    "deny": deny,
    "pledge": pledge,
    "agree": agree,
    "welcome": welcome,
    "offer": offer,
    "hope": hope,
}
