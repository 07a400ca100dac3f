# A draft: a native reader has to look at it.

site-name = تعلم ومساعدة بالقرب منك
site-title = تعلم ومساعدة بالقرب من بيتك
skip = إلى المحتوى
back = رجوع
back-to-list = رجوع إلى القائمة
error-title = { "خطأ: " }
footer-privacy = لا نحفظ أي شيء عنك. لا توجد ملفات كوكيز.
in-dutch = هذا النص باللغة الهولندية.
example = مثال. هذا غير موجود في الواقع.

start-intro = هل تريد أن تقرأ أو تكتب أو تحسب بشكل أفضل؟ أو تحتاج مساعدة في الرسائل أو الهاتف؟ انظر هنا ماذا يوجد بالقرب منك.
start-choose = أو اختر الموضوع

search-label = ما هو رمزك البريدي؟
search-hint = 4 أرقام وحرفان. مثل ⁦3512 AB⁩.
search-button = ابحث
search-no-postcode = لا تعرف رمزك البريدي؟ اختر مدينتك.
here-button = ابحث حيث أنا الآن
here-wait = ننظر أين أنت.
here-failed = لم ينجح ذلك. اكتب رمزك البريدي.
error-empty = اكتب رمزك البريدي. مثل ⁦3512 AB⁩.
error-not-a-postcode = هذا ليس رمزا بريديا. الرمز البريدي فيه 4 أرقام وحرفان. مثل ⁦3512 AB⁩.
error-unknown-postcode = لا نعرف هذا الرمز البريدي. تأكد منه. أو اختر مدينتك.
error-unknown-place = لا نعرف هذه المدينة. تأكد من الاسم.
error-several-places = توجد أكثر من مدينة بهذا الاسم. أي مدينة تقصد؟

places-heading = اختر مدينتك
places-label = ما اسم مدينتك أو قريتك؟
places-hint = اكتب الحروف الأولى.
places-button = ابحث عن المدينة
places-which = أي مدينة تقصد؟

choose-about = ما هو الموضوع؟
choose-want = ماذا تريد؟
choose-where = أين تسكن؟
choose-any = لا أعرف بعد
choose-any-meaning = أظهر كل شيء.

kind-formal = دروس مع شهادة
kind-formal-meaning = تذهب إلى المدرسة. تحصل على شهادة.
kind-nonformal = دروس أو تمارين بدون شهادة
kind-nonformal-meaning = في مجموعة صغيرة. مثلا في المكتبة.
kind-informal = نشاط مع الآخرين
kind-informal-meaning = الطبخ أو المشي أو الكلام. تتعلم بسهولة.
kind-practical_help = مساعدة في سؤال
kind-practical_help-meaning = يساعدك شخص. في رسالة أو المال أو الكمبيوتر.

theme-language = اللغة
theme-numeracy = الحساب
theme-digital = الكمبيوتر والهاتف
theme-money = المال والرسائل
theme-work = العمل
theme-health = الصحة
theme-family = الأطفال والمدرسة
theme-housing = السكن
theme-law = حقوقك
theme-integration = الاندماج
theme-meeting = لقاء الناس
theme-government = الحكومة

results-heading = { $n ->
    [one] مكان واحد بالقرب من { $place }
    [two] مكانان بالقرب من { $place }
    [few] { $n } أماكن بالقرب من { $place }
    [many] { $n } مكانا بالقرب من { $place }
   *[other] { $n } مكان بالقرب من { $place }
}
results-order = الأقرب أولا
results-area-wide = أيضا لك: في كل البلد وعلى الإنترنت
nothing-heading = لا نجد شيئا في حدود { $km } كيلومتر
nothing-narrowed = احذف اختيارا. أو ابحث أبعد.
nothing-wider = ابحث أبعد.
nothing-less = احذف اختيارا.
nothing-at-all = لا يوجد شيء هنا بعد.
nothing-library = تفضل الكلام؟ اذهب إلى المكتبة. هناك شخص يساعدك.
search-within = ابحث في حدود { $km } كيلومتر
corrected = نبحث الآن عن: { $words }.
loosely = لا شيء يناسب كل كلماتك. هذا يناسب بعضها.
of-the-theme = لا شيء يناسب كلماتك. هذا عن الموضوع نفسه.
widened = لا يوجد شيء قريب جدا. نبحث الآن حتى { $km } كيلومتر.
digits-only = نبحث الآن في كل { $place }. اكتب الحرفين أيضا. عندها ترى الأقرب.
chosen-label = هذا ما اخترته
chosen-remove = احذف:
chosen-remove-all = احذف الكل
turn-label = أماكن أخرى
turn-on = أماكن أخرى
turn-back = الأماكن السابقة
turn-wide-on = المزيد في كل البلد وعلى الإنترنت
turn-wide-back = السابق في كل البلد وعلى الإنترنت
share-results = أرسل هذه القائمة
share = أرسل
share-done = الرابط جاهز. يمكنك لصقه.

distance-metres = { $n } متر
distance-kilometres = { $n } كيلومتر

filter-heading = اختر ما تبحث عنه
filter-text = ابحث عن كلمة
filter-theme = ما هو الموضوع؟
filter-kind = ماذا تريد؟
filter-when = متى تستطيع؟
filter-needs = ما المهم لك؟
filter-for-whom = لمن؟
filter-spoken = أي لغة يتكلمون هناك؟
feature-free = مجاني
feature-walk_in = تعال مباشرة
feature-daytime = في النهار
feature-evening = في المساء
feature-weekend = في نهاية الأسبوع
feature-wheelchair = مناسب للكرسي المتحرك
feature-learners = أتعلم الهولندية
feature-speakers = أتكلم الهولندية جيدا
feature-women = للنساء
feature-parents = للآباء والأمهات
feature-lang_en = الإنجليزية
feature-lang_ar = العربية
feature-lang_tr = التركية
feature-lang_pl = البولندية
feature-lang_uk = الأوكرانية
feature-lang_fr = الفرنسية
filter-within = كم يبعد؟
filter-button = أظهر

open-now = مفتوح الآن
open-until = مفتوح الآن حتى { $time }
closed-until = مغلق الآن. { $day } يفتح الساعة { $time }
next-time = المرة القادمة: { $when }
times-unknown = اتصل أولا. لسنا متأكدين من الأوقات.
today = اليوم
tomorrow = غدا
date = { $weekday } { $day } { $month }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to }
hour = { $time }
slot = { $day }، { $hours }
slot-uncertain = { $day }، { $hours }. اتصل أولا.
weekday-0 = الاثنين
weekday-1 = الثلاثاء
weekday-2 = الأربعاء
weekday-3 = الخميس
weekday-4 = الجمعة
weekday-5 = السبت
weekday-6 = الأحد
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

cost-free = مجاني
cost-ask = اسأل عن السعر.
start-walk_in = تعال مباشرة.
start-call = اتصل أولا.
start-sign_up = يجب أن تسجل.
start-unknown = اسأل كيف تبدأ.

detail-what = ماذا تفعل هنا؟
detail-for-whom = لمن؟
detail-level = المستوى:
detail-when = متى؟
detail-next = المرات القادمة:
week-heading = كل أسبوع:
week-closed = مغلق
detail-where = أين؟
detail-cost = كم السعر؟
detail-start = كيف تبدأ؟
detail-nearby = أيضا بالقرب من هذا المكان
detail-languages = أي لغة يتكلمون هناك؟
call = اتصل
route = الطريق
website = اذهب إلى الموقع
calendar = أضف إلى تقويمك
read = اقرأ بصوت
read-stop = قف
checked = تحققنا من هذا في
checked-old = انتبه: كان ذلك منذ وقت طويل. اتصل أولا.
source = نعرف هذا من:

area-national = كل هولندا
area-online = على الإنترنت
area-telephone = بالهاتف
area-province = مقاطعة { $name }
area-municipality = بلدية { $name }
area-postcodes = الرموز البريدية { $name }

spoken-nl = الهولندية
spoken-en = الإنجليزية
spoken-ar = العربية
spoken-tr = التركية
spoken-pl = البولندية
spoken-uk = الأوكرانية
spoken-fr = الفرنسية
spoken-de = الألمانية
spoken-es = الإسبانية
spoken-so = الصومالية
spoken-ti = التغرينية
spoken-fa = الفارسية
spoken-zh = الصينية
spoken-bg = البلغارية
spoken-ro = الرومانية
spoken-ru = الروسية

professional-heading = للمختصين
professional-kind = النوع
professional-themes = الموضوع
professional-groups = الفئة
professional-level = المستوى
professional-intake = التسجيل
professional-municipality = البلدية
professional-hours = الأوقات (كتابة OSM)
professional-number = الرقم

print = اطبع
print-card = اطبع بطاقة
card-heading = بطاقة
card-hint = اطبع هذه البطاقة. املأها معا بالقلم.
card-ask-for = اسأل عن:
card-appointment = موعدك:
card-from = من:
card-called = اتصلتما معا؟
code-label = رمز لهاتفك
code-text = امسح الرمز بهاتفك. أو اذهب إلى:
short-which = أي مكان تقصد؟

list-link = قائمتي ({ $n })
list-add = أضف إلى قائمتي
list-added = في قائمتك
list-heading = قائمتي
list-empty = لا يوجد شيء في قائمتك بعد.
list-hint = القائمة تتسع لـ 5 أماكن. يمكنك طباعتها.
list-remove = احذف
list-clear = أفرغ القائمة

map-label = الخريطة
map-show = أظهر الخريطة
map-hint = كل أماكن الخريطة موجودة أيضا في القائمة.
map-alt = خريطة فيها أماكن القائمة.
map-alt-one = خريطة فيها هذا المكان.
map-place = مكان
map-in = أقرب
map-out = أبعد

correction-link = هل يوجد خطأ؟ أخبرنا.
correction-heading = هل يوجد خطأ؟
correction-label = ما هو الخطأ؟
correction-hint = مثلا: الوقت مختلف.
correction-contact = هل تريد جوابا؟
correction-contact-hint = اكتب هاتفك أو بريدك. هذا ليس ضروريا.
correction-trap = اترك هذا فارغا
correction-button = أرسل
correction-taken = شكرا. سننظر في ذلك.
correction-empty = اكتب ما هو الخطأ.
correction-too-long = هذا طويل جدا. اجعله أقصر.
correction-contact-too-long = هاتفك أو بريدك طويل جدا.
correction-busy = الموقع مزدحم الآن. حاول لاحقا.

missing-heading = هذه الصفحة غير موجودة
missing-text = ربما توقف هذا المكان. ابحث عن شيء آخر بالقرب منك.
busy-heading = الموقع مشغول جدًا الآن
busy-text = انتظر قليلاً. حاول مرة أخرى بعد نصف دقيقة.

## In a page of somebody else

widget-busy = نحن نبحث.
widget-away = البحث لا يعمل الآن.
widget-again = حاول مرة أخرى
widget-site = اذهب إلى الموقع
widget-all = شاهد كل الأماكن
widget-refused = لا يمكنك البحث هنا الآن.
widget-national = ابحث في كل هولندا

statement-link = سهولة الوصول
statement-heading = سهولة الوصول
statement-wish = يجب أن يستطيع الجميع استخدام هذا الموقع. نعمل على ذلك.
statement-status-heading = إلى أين وصلنا؟
statement-status = الموقع يتبع جزءا من القواعد. اسم القواعد ⁦EN 301 549⁩ و ⁦WCAG 2.2⁩، المستوى AA. لا يوجد فحص مستقل بعد. هذه هي الحالة C.
statement-tested-heading = ماذا اختبرنا؟
statement-tested = برنامج يختبر كل صفحة بكل لغة. نختبر بلوحة المفاتيح. وعلى شاشة ضيقة.
statement-known-heading = ما الذي ليس جيدا بعد؟
statement-known-content = النصوص عن الأماكن من الآخرين. وهي صعبة أحيانا.
statement-known-map = الخريطة لا تعمل جيدا مع قارئ الشاشة. كل الأماكن في القائمة أيضا.
statement-known-translations = لم يراجع أحد الترجمات بعد.
statement-known-people = لم يختبر أشخاص ذوو إعاقة الموقع بعد.
statement-trouble-heading = هل يوجد شيء لا يعمل؟
statement-trouble = أخبرنا. نجيب خلال أسبوعين.
statement-enforce = لم تحصل على جواب جيد؟ اذهب إلى أمين المظالم الوطني.
statement-date = هذا البيان بتاريخ 24 نوفمبر 2026.

## What becomes of visitors' data

privacy-link = بياناتك
privacy-heading = بياناتك
privacy-short = لا نعرف من أنت. لا نحفظ ما تبحث عنه.
privacy-ask-heading = ماذا نفعل برمزك البريدي؟
privacy-ask = ننظر ماذا يوجد بالقرب منك. ثم نحذفه. ولا نحفظ كلماتك أيضا.
privacy-address = رمزك البريدي موجود في رابط الصفحة. هل ترسل الرابط إلى شخص آخر؟ إذن يرى هو أيضا رمزك.
privacy-here = هل تبحث حيث أنت الآن؟ هاتفك يجد الرمز البريدي بنفسه. نحن نستلم الأرقام الأربعة فقط.
privacy-never-heading = ماذا لا نفعل؟
privacy-never-cookies = لا توجد ملفات كوكيز.
privacy-never-device = لا نكتب من أي جهاز أتيت.
privacy-never-others = لا نعطي شيئا للآخرين.
privacy-never-account = لا تحتاج إلى حساب.
privacy-map = نحن نحضر الخريطة لك. صاحب الخريطة لا يراك.
privacy-count-heading = ماذا نعد؟
privacy-count = نعد كم مرة في اليوم يبحث الناس عن شيء. لا نعرف من هم.
privacy-count-few = نعد حسب الأرقام الأربعة للرمز البريدي. هل كان أقل من 10 مرات؟ إذن لا نكتبه هناك.
privacy-write-heading = هل تكتب لنا أن هناك خطأ؟
privacy-write = إذن نحفظ رسالتك. وهاتفك أو بريدك، إذا أعطيته لنا. هكذا نستطيع أن نجيبك.
privacy-write-gone = هل انتهى الأمر؟ إذن نحذفها.
privacy-rights-heading = هل تريد أن تسأل شيئا؟
privacy-rights = يمكنك أن تسأل ماذا لدينا عنك. ويمكنك أن تطلب حذفه.
privacy-enforce = لم تحصل على جواب جيد؟ اذهب إلى هيئة حماية البيانات الهولندية.
privacy-date = هذه الصفحة بتاريخ 25 نوفمبر 2026.

## The pages of a library

variant-ask = اسألنا:
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place } ليس في منطقة { $name }
outside-text = يمكنك البحث في كل هولندا.
outside-link = ابحث في كل هولندا
closed-heading = صفحة { $name } مغلقة الآن
closed-text = يمكنك البحث في كل هولندا.
embedded-all = شاهد الكل
