"""The life of talks as a desk lives through it: announced, disputed, corrected, put off, on again, held, over.

The islands of `test_track_talks`: a round in Tartus on 14 and 15 May 2030, a league's summit in Muscat on the 20th, a
signing in Doha on the 28th, a call on the 12th. Every line is what one article says; dates are those of May.
"""

from __future__ import annotations

import pytest

from agents.knowledge import Knowledge, build_knowledge
from schemas import Watchlist
from tests.agents.test_track_talks import WATCHLIST, article, knowledge, summary, told

__all__ = ["knowledge"]

# (day of the article, what it says) → the talk, what the ledger says of it
ONE_CLAIM: dict[tuple[int, str], tuple[str, str]] = {
    # announced, agreed, narrowed
    (8, "اتفق الطرفان على عقد محادثات طرطوس في 14 مايو"): ("round", "scheduled 14-15 tartus"),
    (8, "من المزمع أن تلتئم محادثات طرطوس في 16 مايو"): ("round", "scheduled 16 tartus"),
    (8, "لم يتحدد موعد محادثات طرطوس"): ("round", "nothing"),
    (8, "لم يتفق الطرفان بعد على موعد محادثات طرطوس"): ("round", "nothing"),
    # put off: said as done
    (8, "تم تأجيل محادثات طرطوس إلى 18 مايو"): ("round", "rescheduled 18-19 tartus"),
    (8, "جرى إرجاء محادثات طرطوس إلى أجل غير مسمى"): ("round", "postponed 14-15 tartus"),
    (8, "أجّلت رابطة الجزر محادثات طرطوس إلى موعد لم يحدد"): ("round", "postponed 14-15 tartus"),
    (8, "محادثات طرطوس مؤجلة إلى أجل غير مسمى"): ("round", "postponed 14-15 tartus"),
    (8, "محادثات طرطوس المؤجلة ستعقد في 18 مايو"): ("round", "scheduled 18 tartus"),
    (8, "تم إلغاء محادثات طرطوس"): ("round", "cancelled 14-15 tartus"),
    (8, "باتت محادثات طرطوس ملغاة"): ("round", "cancelled 14-15 tartus"),
    (8, "أعلن الحداد أن محادثات طرطوس ألغيت"): ("round", "cancelled 14-15 tartus"),
    (8, "أعلنت نادية قاسم تعليق محادثات طرطوس"): ("round", "postponed 14-15 tartus"),
    # put off: only wished, feared, denied, asked for
    (8, "قد تؤجل محادثات طرطوس إلى 18 مايو"): ("round", "nothing"),
    (8, "من المحتمل أن تؤجل محادثات طرطوس"): ("round", "nothing"),
    (8, "يرجح أن ترجأ محادثات طرطوس إلى 18 مايو"): ("round", "nothing"),
    (8, "طلب الحداد إرجاء محادثات طرطوس إلى 18 مايو"): ("round", "nothing"),
    (8, "تقدم الجنوب بطلب تأجيل محادثات طرطوس"): ("round", "nothing"),
    (8, "اقترحت نادية قاسم تأجيل محادثات طرطوس إلى 18 مايو"): ("round", "nothing"),
    (8, "لوح الحداد بإلغاء محادثات طرطوس"): ("round", "nothing"),
    (8, "رفضت رابطة الجزر طلب تأجيل محادثات طرطوس"): ("round", "nothing"),
    (8, "يبحث الوسطاء تأجيل محادثات طرطوس"): ("round", "nothing"),
    (8, "يدرس الوسطاء إمكان نقل محادثات طرطوس إلى جنيف"): ("round", "nothing"),
    (8, "حذر الحداد من إلغاء محادثات طرطوس"): ("round", "nothing"),
    (8, "لا نية لتأجيل محادثات طرطوس"): ("round", "nothing"),
    (8, "لا تأجيل لمحادثات طرطوس"): ("round", "scheduled 14-15 tartus"),
    (8, "لا صحة لما تردد عن تأجيل محادثات طرطوس"): ("round", "nothing"),
    (8, "استبعد الحداد تأجيل محادثات طرطوس"): ("round", "scheduled 14-15 tartus"),
    (8, "قال الحداد إنه لا يؤيد تأجيل محادثات طرطوس"): ("round", "nothing"),
    (8, "أعرب الحداد عن خشيته من إلغاء محادثات طرطوس"): ("round", "nothing"),
    (8, "هل تؤجل محادثات طرطوس؟"): ("round", "nothing"),
    (8, "لم تلغ محادثات طرطوس"): ("round", "nothing"),
    # one party stays away: the talks may still be
    (13, "أعلن الجنوب مقاطعة محادثات طرطوس"): ("round", "nothing"),
    (13, "علق الجنوب مشاركته في محادثات طرطوس"): ("round", "nothing"),
    (13, "لن يشارك الجنوب في محادثات طرطوس"): ("round", "nothing"),
    (8, "أرجأ الوسطاء عقد محادثات طرطوس إلى 18 مايو"): ("round", "rescheduled 18-19 tartus"),
    (8, "علق مؤتمر طرطوس عمله إلى أجل غير مسمى"): ("round", "postponed 14-15 tartus"),
    # something else is called off, or put off
    (8, "ألغى الحداد عودته إلى بلاده وسيبقى في محادثات طرطوس"): ("round", "nothing"),
    (8, "ألغى الحداد مؤتمره الصحفي قبل محادثات طرطوس"): ("round", "nothing"),
    (8, "أرجأ الحداد رحلته إلى محادثات طرطوس"): ("round", "nothing"),
    (8, "علق الجنوب تعاونه مع الوسطاء قبل محادثات طرطوس"): ("round", "nothing"),
    (15, "أجرت الصحيفة هذا الحوار مع الحداد في طرطوس أمس"): ("round", "nothing"),
    # as planned
    (9, "محادثات طرطوس ستعقد في موعدها في 14 مايو"): ("round", "scheduled 14-15 tartus"),
    (9, "قال الحداد إن محادثات طرطوس ما زالت قائمة في 14 مايو"): ("round", "scheduled 14-15 tartus"),
    # elsewhere
    (9, "نُقلت محادثات طرطوس إلى جنيف"): ("round", "rescheduled 14-15 geneva"),
    (9, "تم نقل محادثات طرطوس إلى جنيف"): ("round", "rescheduled 14-15 geneva"),
    (9, "قد تنقل محادثات طرطوس إلى جنيف"): ("round", "nothing"),
    (9, "طلب الحداد نقل محادثات طرطوس إلى جنيف"): ("round", "nothing"),
    # held: a call, a meeting
    (13, "تحادث سالم الحداد ونادية قاسم هاتفيا مساء أمس"): ("call", "held 12 None"),
    (13, "قال الحداد بعد أن تحادث هاتفياً أمس مع نادية قاسم إن الأجواء طيبة"): ("call", "held 12 None"),
    (13, "تحدث سالم الحداد هاتفيا أمس مع نادية قاسم"): ("call", "held 12 None"),
    (13, "اتصل سالم الحداد هاتفيا أمس بنادية قاسم"): ("call", "held 12 None"),
    (13, "تلقت نادية قاسم أمس اتصالا هاتفيا من سالم الحداد"): ("call", "held 12 None"),
    (13, "أجرى سالم الحداد ونادية قاسم محادثة هاتفية أمس"): ("call", "held 12 None"),
    (14, "قال الحداد إن مكالمة الأحد مع نادية قاسم كانت بناءة"): ("call", "held 12 None"),
    (14, "خلال الاتصال الهاتفي أمس الأول بين سالم الحداد ونادية قاسم جرى بحث الحدود"): ("call", "held 12 None"),
    (10, "سيجري سالم الحداد ونادية قاسم اتصالا هاتفيا الأحد"): ("call", "scheduled 12 None"),
    (10, "سيتحادث سالم الحداد ونادية قاسم هاتفيا الثلاثاء 14 مايو"): ("call", "scheduled 14 None"),
    (10, "سيتحادث سالم الحداد ونادية قاسم هاتفيا يوم الثلاثاء"): ("round", "nothing"),
    (10, "سيتحادث سالم الحداد مع رابطة الجزر هاتفيا الثلاثاء 14 مايو"): ("call", "nothing"),
    (10, "مكالمة الأحد ستكون حاسمة لجزيرة الشمال"): ("call", "scheduled 12 None"),
    (10, "لم يتحادث سالم الحداد ونادية قاسم هاتفيا"): ("call", "nothing"),
    # held: talks
    (15, "انتهت الجولة الثانية اليوم"): ("round", "held 14-15 tartus"),
    (16, "اختتمت محادثات طرطوس أمس من دون نتيجة"): ("round", "held 14-15 tartus"),
    (16, "لم تسفر محادثات طرطوس عن نتيجة"): ("round", "held 14-15 tartus"),
    (16, "انفضت محادثات طرطوس أمس بلا اتفاق"): ("round", "held 14-15 tartus"),
    (16, "عقب محادثات طرطوس التي جرت الثلاثاء"): ("round", "held 14 tartus"),
    (15, "عقد الوفدان جلسة مغلقة أمس ضمن محادثات طرطوس"): ("round", "held 14 tartus"),
    (14, "يعقد الوفدان اليوم محادثات طرطوس"): ("round", "scheduled 14-15 tartus"),
    (14, "لم تبدأ محادثات طرطوس بعد"): ("round", "nothing"),
    (14, "انتهت الاستعدادات لمحادثات طرطوس"): ("round", "nothing"),
    (10, "انتهت أزمة مكان محادثات طرطوس"): ("round", "nothing"),
    (16, "جرت محادثات طرطوس الثلاثاء 14 مايو بعد أيام من انهيار جولة مسقط"): ("round", "held 14 tartus"),
    (14, "محادثات طرطوس التي أدارتها رابطة الجزر اليوم الثلاثاء"): ("round", "held 14 tartus"),
    (14, "بدأ سالم الحداد ونادية قاسم اليوم الثلاثاء مشاورات في طرطوس"): ("round", "held 14-15 tartus"),
    (14, "بدأ سالم الحداد ونادية قاسم اليوم مشاورات في طرطوس تمهيدا لقمة الرابطة"): ("round", "held 14-15 tartus"),
    (8, "تدريب الجيش سيجري من 10 إلى 18 مايو"): ("round", "nothing"),
    # over: no later "it is over" makes them longer, nor is their town that of others
    (14, "قال الحداد بعد ما دار في جنيف إن محادثات طرطوس ستبدأ غدا"): ("round", "scheduled 15 tartus"),
    # by what is signed
    (27, "أعلن سالم الحداد أن اتفاق الصيد سيوقع غدا الثلاثاء في الدوحة"): ("signing", "scheduled 28 doha"),
    (27, "سيوقع سالم الحداد ونادية قاسم وثيقة الصيد الأربعاء 29 مايو"): ("signing", "scheduled 29 doha"),
    (29, "وقع سالم الحداد ونادية قاسم في الدوحة أمس اتفاق الصيد"): ("signing", "held 28 doha"),
    (29, "وقع انفجار أمس قرب مقر رابطة الجزر"): ("signing", "nothing"),
    # where a town is a government
    (10, "أبدى الحداد تأييد جنيف لمحادثات طرطوس التي تبدأ في 14 مايو"): ("round", "scheduled 14-15 tartus"),
    # over, and a round to come that is another
    (16, "اختتمت محادثات طرطوس أمس على أن تعقد جولة ثالثة في 3 يونيو"): ("round", "held 14-15 tartus"),
    (16, "اتفق الوفدان في ختام محادثات طرطوس على جولة ثالثة في جنيف في 3 يونيو"): ("round", "held 14-15 tartus"),
    # of several rounds the day that is known; a day since which they had not met
    (16, "عقد الوفدان ثلاث جولات من المحادثات في طرطوس، في 28 أبريل ثم في 3 و14 مايو"): ("round", "held 14 tartus"),
    (16, "تحاور الوفدان في محادثات طرطوس للمرة الأولى منذ أن التقيا في 3 مايو"): ("round", "held 14-15 tartus"),
    # the talks that are named behind the verb and its day, and no others on that day
    (20, "بدأت صباح اليوم الاثنين الجولة الثانية من المحادثات"): ("round", "held 20 tartus"),
    (20, "بدأت صباح اليوم الاثنين الجولة الثانية من المحادثات عبر الشاشة"): ("league", "nothing"),
    (20, "بدأت المشاورات الأحد وعقدت بعدها قمة الرابطة"): ("league", "held 20 muscat"),
    # the talks of the town that is named, and no others on that day
    (18, "الوفدان يعودان إلى المحادثات في طرطوس يوم الاثنين 20 مايو"): ("league", "nothing"),
    (18, "الوفدان يعودان إلى المحادثات في مسقط يوم الاثنين 20 مايو"): ("league", "scheduled 20 muscat"),
    # over before the day on which it does not go on; put off by days is no time that it took
    (15, "اختتمت محادثات طرطوس في يومها الأول ولن تتواصل اليوم"): ("round", "held 14 tartus"),
    (15, "اختتمت محادثات طرطوس ولن تتواصل بعد غد"): ("round", "held 14-15 tartus"),
    (16, "انتهت اليوم الجولة الثانية التي كان منتظرا أن تعقد قبل ذلك ثم تتأخر يومين"): ("round", "held 14-16 tartus"),
    # not on a day, not before it: no end of the plan
    (14, "محادثات طرطوس لن تعقد اليوم"): ("round", "postponed 14-15 tartus"),
    (12, "قال الحداد إن محادثات طرطوس لن تعقد قبل 16 مايو"): ("round", "scheduled 16 tartus"),
    (12, "قال الحداد إن محادثات طرطوس لن تبدأ قبل 15 مايو"): ("round", "scheduled 15 tartus"),
    (12, "قال الحداد إن محادثات طرطوس لن تكون قبل 16 مايو"): ("round", "scheduled 16 tartus"),
    (12, "محادثات طرطوس لن تعقد إلا بعد رفع الحصار"): ("round", "nothing"),
    (14, "ألغي اليوم الثاني من محادثات طرطوس"): ("round", "nothing"),
    # called off with the day that it was to be on
    (13, "أعلن الحداد، مساء الاثنين، إلغاء محادثات طرطوس التي كانت مقررة غدا"): ("round", "cancelled 14-15 tartus"),
    # told as it happens, and afterwards
    (14, "بدء محادثات طرطوس بتأخير ساعة"): ("round", "held 14-15 tartus"),
    (15, "انتهاء محادثات طرطوس بتأخير ساعة عن موعدها"): ("round", "held 14-15 tartus"),
    (16, "أسفرت محادثات طرطوس، التي احتضنتها الجزيرة أمس، عن اتفاق أولي"): ("round", "held 14-15 tartus"),
    (14, "محادثات طرطوس ستنعقد اليوم"): ("round", "scheduled 14-15 tartus"),
    # late, and held all the same
    (12, "أجرى سالم الحداد ونادية قاسم مكالمة هاتفية اليوم بعدما تأخرت ساعات"): ("call", "held 12 None"),
    (12, "أعلن الحداد أن المكالمة تأجلت بعدما غابت نادية قاسم"): ("call", "postponed 12 None"),
    # told by what came before or after it
    (16, "عقدت قمة مصغرة سبقتها محادثات طرطوس"): ("round", "held 14-15 tartus"),
    (10, "تعقد قمة الرابطة بعد أن تسبقها محادثات طرطوس"): ("round", "nothing"),
    (16, "لم تدم محادثات طرطوس سوى ساعتين"): ("round", "held 14-15 tartus"),
    # of another day than was known, on which it was
    (16, "محادثات طرطوس التي جرت الاثنين كانت صعبة"): ("round", "held 13 tartus"),
    (16, "اختتمت مساء الأربعاء قمة الرابطة"): ("league", "nothing"),
    # what is put off, extended or changed is no talks
    (13, "قال الحداد إن الهدنة مددت حتى 18 مايو بعد محادثات طرطوس"): ("round", "nothing"),
    (13, "تبدل الوسطاء وبقيت محادثات طرطوس"): ("round", "nothing"),
    (13, "تبدل موعد محادثات طرطوس إلى 18 مايو"): ("round", "rescheduled 18-19 tartus"),
    (13, "ستمضي جزيرة الشمال في خططها بصرف النظر عن محادثات طرطوس"): ("round", "nothing"),
    (13, "تم صرف النظر عن محادثات طرطوس"): ("round", "cancelled 14-15 tartus"),
    # there is none today
    (13, "لا محادثات مقررة اليوم بين الشمال والجنوب في طرطوس"): ("round", "nothing"),
    # called off for good, not put off to another day
    (13, "قال الحداد إن محادثات طرطوس ألغيت ولم يحدد لها موعد بديل"): ("round", "cancelled 14-15 tartus"),
    (13, "قال الحداد إن محادثات طرطوس ألغيت وحدد لها موعد بديل"): ("round", "postponed 14-15 tartus"),
    # by a pronoun, and by "our date"
    (13, "اتفق على محادثات طرطوس قبل أسبوع. ثم أعلنت الرابطة إلغاءها"): ("round", "cancelled 14-15 tartus"),
    (13, "اتفق على محادثات طرطوس قبل أسبوع ووقعت معاهدة. ثم أعلنت الرابطة إلغاءها"): ("round", "nothing"),
    # from the old day to the new
    (13, "نُقلت محادثات طرطوس من 14 مايو إلى الخميس الذي يليه، في 16 منه"): ("round", "rescheduled 16-17 tartus"),
    # held, told by a passive, by those who were there, by what was said as it began
    (14, "عقدت اليوم في طرطوس محادثات طرطوس"): ("round", "held 14 tartus"),
    (20, "عُقد اليوم الاثنين في مسقط اجتماع قمة الرابطة"): ("league", "held 20 muscat"),
    (21, "عُقد في مسقط، أمس الاثنين، لقاء قمة الرابطة"): ("league", "held 20 muscat"),
    (20, "قمة الرابطة لقاء ضم رؤساء الجزر اليوم"): ("league", "held 20 muscat"),
    (20, "قال الحداد في مستهل القمة الاستثنائية اليوم إنه متفائل"): ("league", "held 20 muscat"),
    (20, "لم تفض قمة الرابطة أمس الأحد إلى شيء"): ("league", "held 19 muscat"),
    (18, "يعتزم الطرفان عقد قمة الرابطة الاثنين"): ("league", "scheduled 20 muscat"),
    # a state of things is no condition
    (16, "تلك حال الجزر: اختتمت محادثات طرطوس أمس"): ("round", "held 14-15 tartus"),
    (13, "في حال فشلت الوساطة ألغيت محادثات طرطوس"): ("round", "nothing"),
    # given up before they were held, or brought to an end
    (18, "قمة الرابطة التي أرادها الحداد مع نادية قاسم طويت"): ("league", "cancelled 20 muscat"),
    (16, "طويت محادثات طرطوس أمس بلا بيان"): ("round", "held 14-15 tartus"),
    (18, "لم تعد قمة الرابطة قائمة"): ("league", "cancelled 20 muscat"),
    (18, "قال الحداد إن قمة الرابطة التي كان يفترض أن تلتئم في العشرين من الشهر لم تعد قائمة"): (
        "league", "cancelled 20 muscat"),
    (18, "لن ترى قمة الرابطة النور"): ("league", "cancelled 20 muscat"),
    (18, "لم تعد نادية قاسم من قمة الرابطة"): ("league", "nothing"),
    (18, "قمة الرابطة لن تنعقد يوم 20 مايو كما كان مأمولا"): ("league", "postponed 20 muscat"),
    (18, "قمة الرابطة معلقة إلى أجل غير مسمى"): ("league", "postponed 20 muscat"),
    (18, "الآمال معلقة على قمة الرابطة"): ("league", "nothing"),
    (18, "أعاد الحداد تأكيد إرجاء قمة الرابطة إلى أن ينحسر الوباء"): ("league", "postponed 20 muscat"),
    # without a new day nothing is denied, and what was called off is
    (18, "قال الحداد إنه لا موعد جديدا لقمة الرابطة"): ("league", "nothing"),
    (18, "لم يحدد موعد جديد لقمة الرابطة"): ("league", "nothing"),
    (18, "لا تزال قمة الرابطة، التي ألغيت الخميس الماضي، بلا موعد جديد"): ("league", "cancelled 20 muscat"),
    (18, "أرجئت قمة الرابطة بلا موعد جديد"): ("league", "postponed 20 muscat"),
    (18, '"الطريق إلى قمة الرابطة ما زال طويلا"، هكذا علق دبلوماسي حضر المراسم'): ("league", "nothing"),
    # not before a day on which they were, after all
    (17, "محادثات طرطوس التي كانت مقررة الثلاثاء 14 مايو لم تلتئم إلا في اليوم الموالي، الأربعاء 15 مايو"): (
        "round", "held 15 tartus"),
    (16, "لم تنعقد محادثات طرطوس سوى أمس الأربعاء"): ("round", "held 15 tartus"),
    (16, "لم تبدأ محادثات طرطوس إلا أمس الأربعاء"): ("round", "held 15 tartus"),
    (16, "محادثات طرطوس لم تلتئم أمس كما كان مقررا إلا أن الوفدين باقيان"): ("round", "postponed 14-15 tartus"),
    (16, "وقع الوفدان أمس ورقة مشتركة ليسدل الستار بذلك على محادثات طرطوس"): ("round", "held 14-15 tartus"),
    (16, "صافح الوسيط الوفدين أمس مسدلا الستار على محادثات طرطوس"): ("round", "held 14-15 tartus"),
    # what is said at an opening
    (20, "حذر الحداد الاثنين، في افتتاح قمة الرابطة في مسقط، من الحرب"): ("league", "held 20 muscat"),
    (20, "لدى افتتاح قمة الرابطة في مسقط قال الحداد إنه متفائل"): ("league", "held 20 muscat"),
    (19, "سيلقي الحداد كلمة في افتتاح قمة الرابطة غدا"): ("league", "scheduled 20 muscat"),
    # what a medium conducts, by its name alone; who had said something in a call
    (13, "عشية محادثات طرطوس التقت «المدار» السفير رؤوف الكيلاني"): ("round", "nothing"),
    (14, "وكان سالم الحداد قد أبلغ نادية قاسم خلال اتصال هاتفي في 12 مايو أن الثمن سيكون باهظا"): (
        "call", "held 12 None"),
    (14, "قد يكون سالم الحداد أبلغ نادية قاسم خلال اتصال هاتفي في 12 مايو بذلك"): ("call", "scheduled 12 None"),
    # to what they ended, with when told before
    (16, "اختتمت محادثات طرطوس أمس الأربعاء. وأضاف الحداد أن محادثات طرطوس انتهت إلى مذكرة تعاون"): (
        "round", "held 14-15 tartus"),
    (16, "خرج الطرفان من محادثات طرطوس يوم الثلاثاء بلا اتفاق"): ("round", "held 14 tartus"),
    # in a town and in no other
    (9, "قال الحداد إن محادثات طرطوس ستعقد في جنيف لا في طرطوس"): ("round", "scheduled 14-15 geneva"),
    (9, "عن محادثات طرطوس المنتظرة الأسبوع المقبل قال مسؤول شمالي إنها ستعقد في جنيف وليس في طرطوس"): (
        "round", "scheduled 14-15 geneva"),
    (9, "قال الحداد إن محادثات طرطوس ستعقد في طرطوس لا محالة"): ("round", "nothing"),
    # a truce or a deadline begins and ends, and a delegation comes
    (17, "بعد هدنة هشة بدأت في 13 مايو وبعد محادثات طرطوس، قصف الجنوب الميناء"): ("round", "nothing"),
    (17, "انتهت المهلة في 16 مايو بعد محادثات طرطوس"): ("round", "nothing"),
    (17, "بدأ وقف إطلاق النار في 16 مايو بعد محادثات طرطوس"): ("round", "nothing"),
    (16, "وصل وفد الشمال إلى مسقط الثلاثاء"): ("round", "nothing"),
    (16, "وصل وفد الشمال إلى طرطوس الثلاثاء"): ("round", "scheduled 14-15 tartus"),
    # a span over several talks is the day of none
    (21, "انعقدت محادثات طرطوس وقمة الرابطة بين 14 و20 مايو"): ("round", "held 14-15 tartus"),
}  # fmt: skip


@pytest.mark.parametrize("said", ONE_CLAIM, ids=lambda said: said[1])
def test_a_sentence_is_a_moment_in_the_life_of_talks(knowledge: Knowledge, said: tuple[int, str]) -> None:
    talk_id, expected = ONE_CLAIM[said]
    talk = told(knowledge, article(said[1] + ("" if said[1].endswith("؟") else "."), said[0])).get(talk_id)
    assert summary(talk if talk is not None and talk.claims else None) == expected


# what several articles come to: (day, outlet, what it says) …
STORIES: dict[str, tuple[tuple[tuple[int, str, str], ...], str, str]] = {
    "the day went by, and another is told": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو."),
         (17, "two", "قالت نادية قاسم إن محادثات طرطوس ستعقد في 18 مايو.")),
        "round", "rescheduled 18 tartus"),
    "the day has not gone by, and another is told": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو."),
         (12, "two", "قالت نادية قاسم إن محادثات طرطوس ستعقد في 18 مايو.")),
        "round", "scheduled 14-15 tartus contested"),
    "it was put off, and ended on its new day": (
        ((9, "one", "تأجلت قمة الرابطة من 20 مايو إلى موعد لاحق."),
         (25, "one", "اختتمت اليوم السبت قمة الرابطة.")),
        "league", "held 25 muscat"),
    "who would have come says nothing of the plan": (
        ((9, "one", "أعلنت رابطة الجزر إلغاء محادثات طرطوس."),
         (17, "two", "قالت نادية قاسم إنها كانت ستذهب إلى محادثات طرطوس في موعدها.")),
        "round", "cancelled 14-15 tartus"),
    "an outlet corrects itself": (
        ((9, "one", "تعقد محادثات طرطوس في 13 مايو."),
         (9, "one", "تصحيح: تعقد محادثات طرطوس في 14 مايو لا 13.")),
        "round", "scheduled 14-15 tartus"),
    "an outlet corrects what it had a party say": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 13 مايو."),
         (9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو. "
                    "التاريخ الصحيح 14 وليس 13 كما ورد في نسخة سابقة.")),
        "round", "scheduled 14-15 tartus"),
    "a correction of the town": (
        ((9, "one", "تعقد محادثات طرطوس في 14 مايو في جنيف."),
         (9, "one", "تصويب: تعقد محادثات طرطوس في 14 مايو في طرطوس.")),
        "round", "scheduled 14-15 tartus"),
    "the day that nobody had changed is back on the watchlist's": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 16 مايو."),
         (10, "two", "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو.")),
        "round", "rescheduled 14 tartus"),
    "another side denies a postponement that was told": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت من 14 إلى 16 مايو."),
         (10, "two", "قالت نادية قاسم إن محادثات طرطوس ستعقد في 14 مايو كما هو مقرر.")),
        "round", "rescheduled 16-17 tartus contested"),
    "another side says it in other words": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت إلى 16 مايو."),
         (10, "two", "أكدت نادية قاسم أن محادثات طرطوس ستعقد في موعدها.")),
        "round", "rescheduled 16-17 tartus contested"),
    "who put it off says that its place is the same": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت من 14 إلى 18 مايو، وتابع أن مكان المحادثات لم يتغير."),),
        "round", "rescheduled 18-19 tartus"),
    "who put it off says that its day is the same": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت من 14 إلى 18 مايو."),
         (10, "one", "قال سالم الحداد إن موعد محادثات طرطوس لم يتغير.")),
        "round", "scheduled 14-15 tartus"),
    "a day is confirmed and nothing was doubted": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو."),
         (10, "two", "أكدت نادية قاسم أن محادثات طرطوس ستعقد في موعدها.")),
        "round", "scheduled 14-15 tartus"),
    "another side denies the postponement": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت إلى 16 مايو."),
         (10, "two", "نفت نادية قاسم تأجيل محادثات طرطوس.")),
        "round", "rescheduled 16-17 tartus contested"),
    "who denied it gives way": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت إلى 16 مايو."),
         (10, "two", "نفت نادية قاسم تأجيل محادثات طرطوس."),
         (11, "two", "أعلنت نادية قاسم إرجاء محادثات طرطوس إلى 16 مايو.")),
        "round", "rescheduled 16-17 tartus"),
    "who put it off takes it back": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت إلى 16 مايو."),
         (10, "two", "قال سالم الحداد إن محادثات طرطوس ستعقد في 14 مايو كما كان مقررا.")),
        "round", "scheduled 14 tartus"),
    "an open postponement is denied": (
        ((9, "one", "أعلن سالم الحداد تأجيل محادثات طرطوس إلى أجل غير مسمى."),
         (10, "two", "نفت نادية قاسم تأجيل محادثات طرطوس.")),
        "round", "postponed 14-15 tartus contested"),
    "an outlet that has not heard denies nothing": (
        ((9, "one", "أعلن سالم الحداد تأجيل محادثات طرطوس إلى أجل غير مسمى."),
         (10, "two", "تعقد محادثات طرطوس في 14 مايو.")),
        "round", "postponed 14-15 tartus"),
    "put off, then on again": (
        ((9, "one", "أعلن سالم الحداد تأجيل محادثات طرطوس إلى أجل غير مسمى."),
         (11, "two", "قالت نادية قاسم إن محادثات طرطوس ستعقد في 18 مايو."),
         (18, "one", "انطلقت محادثات طرطوس اليوم.")),
        "round", "held 18 tartus"),
    "called off, then held all the same": (
        ((9, "one", "أعلن سالم الحداد إلغاء محادثات طرطوس."),
         (14, "one", "انطلقت محادثات طرطوس اليوم.")),
        "round", "held 14-15 tartus"),
    "a new town from two sides": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في جنيف في 14 مايو."),
         (10, "two", "نفت نادية قاسم نقل محادثات طرطوس إلى جنيف.")),
        "round", "scheduled 14-15 geneva contested"),
    "held, and the next round told of": (
        ((16, "one", "اختتمت محادثات طرطوس أمس من دون اتفاق."),
         (17, "two", "تأجلت الجولة الثالثة التي كانت ستلي محادثات طرطوس إلى 3 يونيو.")),
        "round", "held 14-15 tartus"),
    "nothing else was held on a day from which they were put off": (
        ((9, "one", "أعلن سالم الحداد إرجاء محادثات طرطوس إلى موعد يحدد لاحقا."),
         (16, "two", "عقد وزراء خارجية سالم الحداد اجتماعهم الاستثنائي الثلاثاء.")),
        "round", "postponed 14-15 tartus"),
    "the plan that a minister upheld last week was upheld before they were put off": (
        ((11, "one", "أعلنت وزارة خارجية الشمال اليوم تأجيل جولة طرطوس. وكان الوزير سالم الحداد قد أكد الأسبوع "
                     "الماضي أن الجولة ستعقد في موعدها المحدد ولن ترجأ."),),
        "round", "postponed 14-15 tartus"),
    "not held on their day, and the new date in the same breath": (
        ((13, "one", "أعلن الحداد أن جولة طرطوس بين الشمال والجنوب لن تعقد يوم الثلاثاء 14 مايو، وأن الموعد الجديد "
                     "هو 22 مايو في المدينة نفسها."),),
        "round", "rescheduled 22 tartus"),
    "a date that fell later is none of theirs": (
        ((15, "one", "عقدت محادثات طرطوس أمس الثلاثاء 14 مايو."),
         (25, "two", "عقد الوفدان محادثات طرطوس يوم 14 مايو، وفي 24 منه أقيل الوزير، وسقط موعد 22 مايو في جنيف.")),
        "round", "held 14 tartus"),
    "one side moves them and the other holds to its day": (
        ((10, "one", "تمسك سالم الحداد بأن محادثات طرطوس ستلتئم يوم 16 من الشهر. وردت نادية قاسم بأن الجولة الثانية "
                     "نقلت إلى 18 مايو."),),
        "round", "rescheduled 18 tartus contested"),
    "the meeting was to be first on another day": (
        ((17, "one", "اختتم الوفدان اليوم الجمعة 17 مايو محادثات طرطوس التي استمرت يومين. وكان موعد الاجتماع الأصلي "
                     "الرابع عشر من الشهر، لكن الوسيط قال إن اللقاء أخر إلى السادس عشر."),),
        "round", "held 16-17 tartus"),
    "others met where and when they were to": (
        ((9, "one", "أعلن سالم الحداد إرجاء محادثات طرطوس إلى موعد يحدد لاحقا."),
         (16, "two", "أعلن الطرفان الاتفاق على استضافة طرطوس الجولة القادمة من المشاورات، وذلك بعد اجتماع عقد "
                     "يوم الثلاثاء وضم سالم الحداد ونظيره الفرنسي.")),
        "round", "postponed 14-15 tartus"),
    "moved, then put off when the new day had gone by": (
        ((9, "one", "نقلت محادثات طرطوس من 14 إلى 16 مايو."),
         (20, "two", "وبشأن محادثات طرطوس التي نقلت من 14 إلى 16 مايو، أعلن الحداد أنها أجلت إلى أجل غير مسمى.")),
        "round", "postponed 16-17 tartus"),
    "whose position is the same says nothing of the plan": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس أرجئت إلى 16 مايو."),
         (10, "two", "قالت نادية قاسم: فموقفنا لم يتغير، لا نجلس في محادثات طرطوس.")),
        "round", "rescheduled 16-17 tartus"),
    "ended, and began when most had said": (
        ((10, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد بين 14 و16 مايو. "
                     "وقالت نادية قاسم إن محادثات طرطوس ستعقد في 15 مايو."),
         (11, "one", "قالت رابطة الجزر إن محادثات طرطوس ستبدأ في 15 مايو."),
         (15, "one", "اختتمت مساء اليوم محادثات طرطوس.")),
        "round", "held 15 tartus"),
    "they go on past the day on which they were to end": (
        ((14, "one", "بدأت محادثات طرطوس اليوم وستتواصل حتى 15 مايو."),
         (16, "one", "قال الحداد إن محادثات طرطوس ستختتم مساء اليوم 16 مايو.")),
        "round", "held 14-16 tartus"),
    "they end tomorrow, a week after they were to": (
        ((14, "one", "بدأت محادثات طرطوس اليوم."),
         (22, "one", "هل انتهت محادثات طرطوس؟ قال الحداد إن محادثات طرطوس تختتم غدا الخميس 23 مايو.")),
        "round", "held 14-23 tartus"),
    "they are to end with a new date": (
        ((9, "one", "تعقد محادثات طرطوس في 14 و15 مايو."),
         (10, "one", "قال سالم الحداد إن محادثات طرطوس ستنتهي بموعد جديد لا باتفاق.")),
        "round", "scheduled 14-15 tartus"),
    "a question moves nothing": (
        ((9, "one", "تعقد محادثات طرطوس في 14 و15 مايو."),
         (10, "one", "عقد الوفدان لقاء تحضيريا. هل هناك موعد جديد لمحادثات طرطوس؟")),
        "round", "scheduled 14-15 tartus"),
    "the formal session is on the day after they dine": (
        ((9, "one", "قال سالم الحداد إن محادثات طرطوس ستعقد في 13 و14 مايو."),
         (13, "two", "تبدأ محادثات طرطوس صباح غد الثلاثاء 14 مايو.")),
        "round", "scheduled 13-14 tartus"),
    "who has called it off says that it is on": (
        ((9, "one", "ألغى سالم الحداد محادثات طرطوس."),
         (11, "two", "قال سالم الحداد إن موعد محادثات طرطوس في 14 مايو لم يتغير.")),
        "round", "scheduled 14 tartus"),
    "long after them others are held by their name": (
        ((15, "one", "اختتمت محادثات طرطوس اليوم."),
         (31, "two", "دامت محادثات طرطوس من الخميس إلى الجمعة 31 مايو.")),
        "round", "held 14-15 tartus"),
    "soon after them they are resumed": (
        ((15, "one", "اختتمت محادثات طرطوس اليوم."),
         (17, "two", "عقدت محادثات طرطوس جلسة أخيرة اليوم الجمعة 17 مايو.")),
        "round", "held 14-17 tartus"),
    "the other side says that it is on": (
        ((9, "one", "ألغى سالم الحداد محادثات طرطوس."),
         (11, "two", "قالت نادية قاسم إن موعد محادثات طرطوس في 14 مايو لم يتغير.")),
        "round", "cancelled 14-15 tartus contested"),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_what_is_said_one_after_the_other_comes_to(knowledge: Knowledge, name: str) -> None:
    articles, talk_id, expected = STORIES[name]
    bodies = [article(body, day, source) for day, source, body in articles]
    assert summary(told(knowledge, *bodies).get(talk_id)) == expected


def test_talks_that_were_over_days_ago_do_not_end_today(knowledge: Knowledge) -> None:
    over = article("اختتمت محادثات طرطوس اليوم بلا اتفاق.", 15)
    later = article("قال الحداد اليوم السبت إن اختتام محادثات طرطوس بلا اتفاق لا يسد الطريق.", 18, "other")
    assert summary(told(knowledge, over, later)["round"]) == "held 14-15 tartus"
    begun = article("بدأت محادثات طرطوس اليوم.", 14)
    assert (
        summary(told(knowledge, begun, article("اختتمت محادثات طرطوس بلا اتفاق.", 18))["round"]) == "held 14-18 tartus"
    )
    assert summary(told(knowledge, article("اختتمت محادثات طرطوس بلا اتفاق.", 16))["round"]) == "held 14-16 tartus"


def test_of_two_talks_on_a_day_the_one_that_the_sentence_names_is_meant() -> None:
    round_, league, *others = WATCHLIST["talks"]
    watchlist = {**WATCHLIST, "talks": [round_, {**league, "starts": "2030-05-14", "ends": "2030-05-14"}, *others]}
    both = build_knowledge(Watchlist.model_validate(watchlist))
    state = told(both, article("أما قمة الرابطة فقال الحداد إنها لن تنعقد يوم 14 مايو كما كان مأمولا.", 9))
    assert summary(state["league"]) == "postponed 14 muscat"
    assert summary(state["round"]) == "scheduled 14-15 tartus"
