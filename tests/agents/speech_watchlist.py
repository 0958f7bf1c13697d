"""A dispute of two neighbours with a mediator, a front and an agency, for sentences in which somebody speaks."""

from __future__ import annotations

from schemas import Watchlist

WATCHLIST = Watchlist.model_validate({
    "watchlist": "sahara",
    "title": {"en": "Round tables on the Sahara", "ar": "الموائد المستديرة"},
    "actors": [
        {"id": "algeria", "kind": "state", "names": {"ar": ["الجزائر"]}, "adjective": {"ar": "جزائري"}},
        {"id": "morocco", "kind": "state", "names": {"ar": ["المغرب", "الرباط"]}, "adjective": {"ar": "مغربي"}},
        {"id": "un", "kind": "organisation", "names": {"ar": ["الأمم المتحدة"]}, "adjective": {"ar": "أممي"}},
        {"id": "union", "kind": "bloc", "names": {"ar": ["الاتحاد المغاربي"]}},
        {"id": "front", "kind": "armed_group", "names": {"ar": ["جبهة البوليساريو", "البوليساريو"]}},
        {"id": "tebboune", "kind": "person", "party": "algeria", "names": {"ar": ["عبد المجيد تبون", "تبون"]},
         "roles": {"ar": ["الرئيس الجزائري"]}},
        {"id": "lamamra", "kind": "person", "party": "algeria", "names": {"ar": ["رمطان لعمامرة", "لعمامرة"]},
         "roles": {"ar": ["وزير الخارجية الجزائري"]}},
        {"id": "bourita", "kind": "person", "party": "morocco", "names": {"ar": ["ناصر بوريطة", "بوريطة"]},
         "roles": {"ar": ["وزير الخارجية المغربي"]}},
        {"id": "benyaich", "kind": "person", "party": "morocco", "names": {"ar": ["كريمة بنيعيش"]},
         "roles": {"ar": ["السفيرة المغربية"]}},
        {"id": "mistura", "kind": "person", "party": "un", "names": {"ar": ["ستافان دي ميستورا", "دي ميستورا"]},
         "roles": {"ar": ["المبعوث الأممي"]}},
        {"id": "moon", "kind": "person", "party": "un", "names": {"ar": ["مون جاي إن"]}},
        {"id": "ghali", "kind": "person", "party": "front", "names": {"ar": ["إبراهيم غالي"]}},
        {"id": "foreign_ministry", "kind": "office", "party": "algeria", "names": {"ar": ["وزارة الخارجية الجزائرية"]}},
        {"id": "moroccan_ministry", "kind": "office", "party": "morocco", "names": {"ar": ["وزارة الخارجية المغربية"]}},
        {"id": "palace", "kind": "office", "party": "morocco", "names": {"ar": ["الديوان الملكي"]}},
        {"id": "algerian_official", "kind": "unnamed", "party": "algeria", "names": {"ar": ["المسؤول الجزائري"]}},
        {"id": "agency", "kind": "media", "names": {"ar": ["وكالة الأنباء الجزائرية"]}},
    ],
    "places": [{"id": "geneva", "names": {"ar": ["جنيف"]}}],
    "talks": [
        {"id": "table", "title": {"ar": "المائدة المستديرة"}, "parties": ["algeria", "morocco", "un"],
         "starts": "2030-05-14", "ends": "2030-05-15", "venue": "geneva",
         "names": {"ar": ["المائدة المستديرة", "محادثات جنيف", "جولة جنيف"]}},
    ],
})  # fmt: skip
