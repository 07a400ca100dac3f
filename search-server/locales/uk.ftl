# A draft: a native reader has to look at it.

site-name = Навчання і допомога поруч
site-title = Навчання і допомога поруч із вами
skip = До змісту
back = Назад
back-to-list = Назад до списку
error-title = { "Помилка: " }
footer-privacy = Ми нічого не зберігаємо про вас. Файлів cookie немає.
in-dutch = Цей текст нідерландською мовою.
example = Приклад. Насправді цього немає.

start-intro = Хочете краще читати, писати чи рахувати? Або потрібна допомога з листами чи телефоном? Подивіться, що є поруч.
start-choose = Або виберіть тему

search-label = Який у вас поштовий індекс?
search-hint = 4 цифри і 2 літери. Наприклад 3512 AB.
search-button = Шукати
search-no-postcode = Не знаєте індексу? Виберіть місто.
here-button = Шукати там, де я зараз
here-wait = Ми дивимося, де ви.
here-failed = Не вдалося. Напишіть свій індекс.
error-empty = Напишіть свій індекс. Наприклад 3512 AB.
error-not-a-postcode = Це не поштовий індекс. Індекс має 4 цифри і 2 літери. Наприклад 3512 AB.
error-unknown-postcode = Ми не знаємо цього індексу. Перевірте його. Або виберіть місто.
error-unknown-place = Ми не знаємо цього міста. Перевірте назву.
error-several-places = Є кілька міст із цією назвою. Яке саме?

places-heading = Виберіть місто
places-label = Як називається ваше місто чи село?
places-hint = Напишіть перші літери.
places-button = Шукати місто
places-which = Яке місто?

choose-about = Про що це?
choose-want = Чого ви хочете?
choose-where = Де ви живете?
choose-any = Ще не знаю
choose-any-meaning = Показати все.

kind-formal = Уроки з дипломом
kind-formal-meaning = Ви ходите до школи. Ви отримуєте диплом.
kind-nonformal = Уроки чи вправи, без диплома
kind-nonformal-meaning = У малій групі. Наприклад у бібліотеці.
kind-informal = Робити щось разом
kind-informal-meaning = Готувати, гуляти чи розмовляти. Ви вчитеся самі собою.
kind-practical_help = Допомога з питанням
kind-practical_help-meaning = Хтось вам допоможе. З листом, грошима чи комп’ютером.

theme-language = Мова
theme-numeracy = Рахування
theme-digital = Комп’ютер і телефон
theme-money = Гроші й листи
theme-work = Робота
theme-health = Здоров’я
theme-family = Діти і школа
theme-housing = Житло
theme-law = Ваші права
theme-integration = Інтеграція
theme-meeting = Знайомства з людьми
theme-government = Держава

results-heading = { $n ->
    [one] { $n } місце поруч із { $place }
    [few] { $n } місця поруч із { $place }
   *[many] { $n } місць поруч із { $place }
}
results-order = Спочатку найближче
results-area-wide = Також для вас: по всій країні та онлайн
nothing-heading = Нічого не знайдено в межах { $km } кілометрів
nothing-narrowed = Приберіть один вибір. Або шукайте далі.
nothing-wider = Шукайте далі.
nothing-less = Приберіть один вибір.
nothing-at-all = Тут ще нічого немає.
nothing-library = Краще поговорити? Ідіть до бібліотеки. Там вам допоможуть.
search-within = Шукати в межах { $km } кілометрів
corrected = Тепер ми шукаємо: { $words }.
loosely = Нічого не підходить до всіх слів. Це підходить до частини.
of-the-theme = Нічого не підходить до цих слів. Це на ту саму тему.
widened = Зовсім поруч нічого немає. Тепер ми шукаємо до { $km } кілометрів.
digits-only = Ми шукаємо в усьому { $place }. Додайте і 2 літери. Тоді побачите найближче.
chosen-label = Ви вибрали це
chosen-remove = Прибрати:
chosen-remove-all = Прибрати все
turn-label = Більше місць
turn-on = Більше місць
turn-back = Попередні місця
turn-wide-on = Більше по всій країні та онлайн
turn-wide-back = Попередні по всій країні та онлайн
share-results = Надіслати цей список
share = Надіслати
share-done = Посилання готове. Його можна вставити.

distance-metres = { $n } м
distance-kilometres = { $n } км

filter-heading = Виберіть, що ви шукаєте
filter-text = Шукати слово
filter-theme = Про що це?
filter-kind = Чого ви хочете?
filter-when = Коли ви можете?
filter-needs = Що для вас важливо?
filter-for-whom = Для кого?
filter-spoken = Якою мовою там говорять?
feature-free = Безкоштовно
feature-walk_in = Можна просто прийти
feature-daytime = Удень
feature-evening = Увечері
feature-weekend = У вихідні
feature-wheelchair = Зручно на візку
feature-learners = Я вчу нідерландську
feature-speakers = Я вже добре говорю нідерландською
feature-women = Для жінок
feature-parents = Для батьків
feature-lang_en = Англійська
feature-lang_ar = Арабська
feature-lang_tr = Турецька
feature-lang_pl = Польська
feature-lang_uk = Українська
feature-lang_fr = Французька
filter-within = Як далеко?
filter-button = Показати

open-now = Зараз відчинено
open-until = Зараз відчинено до { $time }
closed-until = Зараз зачинено. { $day } відкриється о { $time }
next-time = Наступний раз: { $when }
times-unknown = Спочатку зателефонуйте. Ми не впевнені щодо часу.
today = Сьогодні
tomorrow = Завтра
date = { $weekday } { $day } { $month }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to }
hour = { $time }
slot = { $day }, { $hours }
slot-uncertain = { $day }, { $hours }. Спочатку зателефонуйте.
weekday-0 = Понеділок
weekday-1 = Вівторок
weekday-2 = Середа
weekday-3 = Четвер
weekday-4 = П’ятниця
weekday-5 = Субота
weekday-6 = Неділя
month-1 = січня
month-2 = лютого
month-3 = березня
month-4 = квітня
month-5 = травня
month-6 = червня
month-7 = липня
month-8 = серпня
month-9 = вересня
month-10 = жовтня
month-11 = листопада
month-12 = грудня

cost-free = Безкоштовно
cost-ask = Запитайте, скільки це коштує.
start-walk_in = Просто приходьте.
start-call = Спочатку зателефонуйте.
start-sign_up = Треба записатися.
start-unknown = Запитайте, як почати.

detail-what = Що тут роблять?
detail-for-whom = Для кого?
detail-level = Рівень:
detail-when = Коли?
detail-next = Наступні рази:
week-heading = Щотижня:
week-closed = Зачинено
detail-where = Де?
detail-cost = Скільки це коштує?
detail-start = Як почати?
detail-nearby = Також поруч із цим місцем
detail-languages = Якою мовою там говорять?
call = Зателефонувати
route = Маршрут
website = Перейти на сайт
calendar = Додати в календар
read = Прочитати вголос
read-stop = Стоп
checked = Ми перевірили це:
checked-old = Увага: це було давно. Спочатку зателефонуйте.
source = Ми знаємо це від:

area-national = Усі Нідерланди
area-online = В інтернеті
area-telephone = Телефоном
area-province = Провінція { $name }
area-municipality = Громада { $name }
area-postcodes = Індекси { $name }

spoken-nl = Нідерландська
spoken-en = Англійська
spoken-ar = Арабська
spoken-tr = Турецька
spoken-pl = Польська
spoken-uk = Українська
spoken-fr = Французька
spoken-de = Німецька
spoken-es = Іспанська
spoken-so = Сомалійська
spoken-ti = Тигринья
spoken-fa = Фарсі
spoken-zh = Китайська
spoken-bg = Болгарська
spoken-ro = Румунська
spoken-ru = Російська

professional-heading = Для фахівців
professional-kind = Вид
professional-themes = Тема
professional-groups = Цільова група
professional-level = Рівень
professional-intake = Запис
professional-municipality = Громада
professional-hours = Години (запис OSM)
professional-number = Номер

print = Друкувати
print-card = Надрукувати картку
card-heading = Картка
card-hint = Надрукуйте цю картку. Заповніть її разом ручкою.
card-ask-for = Запитайте:
card-appointment = Ваша зустріч:
card-from = Від кого:
card-called = Телефонували разом?
code-label = Код для телефону
code-text = Скануйте код телефоном. Або перейдіть на:
short-which = Яке місце ви маєте на увазі?

list-link = Мій список ({ $n })
list-add = Додати до списку
list-added = У вашому списку
list-heading = Мій список
list-empty = У вашому списку ще нічого немає.
list-hint = У списку є 5 місць. Його можна надрукувати.
list-remove = Прибрати
list-clear = Очистити список

map-label = Карта
map-show = Показати карту
map-hint = Усі місця на карті є також у списку.
map-alt = Карта з місцями зі списку.
map-alt-one = Карта з цим місцем.
map-place = Місце
map-in = Ближче
map-out = Далі

correction-link = Щось не так? Скажіть нам.
correction-heading = Щось не так?
correction-label = Що не так?
correction-hint = Наприклад: інший час.
correction-contact = Хочете відповідь?
correction-contact-hint = Напишіть телефон чи пошту. Це не обов’язково.
correction-trap = Залиште це порожнім
correction-button = Надіслати
correction-taken = Дякуємо. Ми перевіримо.
correction-empty = Напишіть, що не так.
correction-too-long = Це задовго. Зробіть коротше.
correction-contact-too-long = Телефон чи пошта задовгі.
correction-busy = Зараз забагато запитів. Спробуйте пізніше.

missing-heading = Цієї сторінки немає
missing-text = Можливо, це місце вже не працює. Пошукайте щось інше поруч.
busy-heading = Зараз дуже багато запитів
busy-text = Зачекайте трохи. Спробуйте ще раз за пів хвилини.

## In a page of somebody else

widget-busy = Ми шукаємо.
widget-away = Пошук зараз не працює.
widget-again = Спробуйте ще раз
widget-site = Перейти на сайт
widget-all = Переглянути всі місця
widget-refused = Тут зараз не можна шукати.
widget-national = Шукати в усіх Нідерландах

statement-link = Доступність
statement-heading = Доступність
statement-wish = Кожен має могти користуватися цим сайтом. Ми над цим працюємо.
statement-status-heading = Що вже зроблено?
statement-status = Сайт відповідає частині правил. Ці правила: EN 301 549 і WCAG 2.2, рівень AA. Незалежної перевірки ще немає. Це статус C.
statement-tested-heading = Що ми перевірили?
statement-tested = Програма перевіряє кожну сторінку кожною мовою. Ми перевіряємо клавіатуру. І вузький екран.
statement-known-heading = Що ще не добре?
statement-known-content = Тексти про місця пишуть інші. Іноді вони складні.
statement-known-map = Карта погано працює з програмою читання з екрана. Усі місця є також у списку.
statement-known-translations = Переклади ще не перевірені.
statement-known-people = Люди з інвалідністю ще не перевірили сайт.
statement-trouble-heading = Щось не працює?
statement-trouble = Скажіть нам. Ми відповімо за 2 тижні.
statement-enforce = Немає доброї відповіді? Зверніться до національного омбудсмена.
statement-date = Ця заява від 24 листопада 2026 року.

## What becomes of visitors' data

privacy-link = Ваші дані
privacy-heading = Ваші дані
privacy-short = Ми не знаємо, хто ви. Ми не зберігаємо, що ви шукаєте.
privacy-ask-heading = Що ми робимо з вашим індексом?
privacy-ask = Ми дивимося, що є поруч. Потім ми його викидаємо. Ваших слів ми теж не зберігаємо.
privacy-address = Ваш індекс є в посиланні сторінки. Ви ділитеся посиланням? Тоді інша людина теж бачить ваш індекс.
privacy-here = Шукаєте там, де ви зараз? Телефон сам знаходить індекс. Ми отримуємо тільки чотири цифри.
privacy-never-heading = Чого ми не робимо?
privacy-never-cookies = Файлів cookie немає.
privacy-never-device = Ми не записуємо, з якого пристрою ви прийшли.
privacy-never-others = Ми нічого не даємо іншим.
privacy-never-account = Вам не потрібен акаунт.
privacy-map = Ми беремо мапу для вас. Той, хто робить мапу, вас не бачить.
privacy-count-heading = Що ми рахуємо?
privacy-count = Ми рахуємо, скільки разів на день люди щось шукають. Ми не знаємо, хто це був.
privacy-count-few = Ми рахуємо за чотирма цифрами індексу. Було менше ніж 10 разів? Тоді ми там цього не записуємо.
privacy-write-heading = Ви пишете нам, що щось не так?
privacy-write = Тоді ми зберігаємо ваше повідомлення. І телефон або пошту, якщо ви їх дали. Так ми можемо відповісти.
privacy-write-gone = Справу зроблено? Тоді ми це викидаємо.
privacy-rights-heading = Хочете щось запитати?
privacy-rights = Ви можете запитати, що ми про вас маємо. Ви можете також попросити це викинути.
privacy-enforce = Немає доброї відповіді? Зверніться до нідерландського органу захисту даних.
privacy-date = Ця сторінка від 25 листопада 2026 року.

## The pages of a library

variant-ask = Запитай нас:
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place } не належить до району { $name }
outside-text = Ти можеш шукати в усіх Нідерландах.
outside-link = Шукати в усіх Нідерландах
closed-heading = Сторінка { $name } зараз закрита
closed-text = Ти можеш шукати в усіх Нідерландах.
embedded-all = Дивитися все
