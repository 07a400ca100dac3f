# A draft: a native reader has to look at it.

site-name = Nauka i pomoc w pobliżu
site-title = Nauka i pomoc blisko Ciebie
skip = Przejdź do treści
back = Wróć
back-to-list = Wróć do listy
error-title = { "Błąd: " }
footer-privacy = Nie zapisujemy nic o Tobie. Nie ma plików cookie.
in-dutch = Ten tekst jest po niderlandzku.
example = Przykład. To nie istnieje naprawdę.

start-intro = Chcesz lepiej czytać, pisać lub liczyć? Albo szukasz pomocy z listami lub telefonem? Zobacz, co jest w pobliżu.
start-choose = Albo wybierz temat

search-label = Jaki jest Twój kod pocztowy?
search-hint = 4 cyfry i 2 litery. Na przykład 3512 AB.
search-button = Szukaj
search-no-postcode = Nie znasz kodu pocztowego? Wybierz miejscowość.
here-button = Szukaj tam, gdzie jestem
here-wait = Sprawdzamy, gdzie jesteś.
here-failed = Nie udało się. Wpisz kod pocztowy.
error-empty = Wpisz kod pocztowy. Na przykład 3512 AB.
error-not-a-postcode = To nie jest kod pocztowy. Kod pocztowy ma 4 cyfry i 2 litery. Na przykład 3512 AB.
error-unknown-postcode = Nie znamy tego kodu pocztowego. Sprawdź, czy jest dobry. Albo wybierz miejscowość.
error-unknown-place = Nie znamy tej miejscowości. Sprawdź, czy nazwa jest dobra.
error-several-places = Jest więcej miejscowości o tej nazwie. Która?

places-heading = Wybierz miejscowość
places-label = Jak nazywa się Twoje miasto lub wieś?
places-hint = Wpisz pierwsze litery.
places-button = Szukaj miejscowości
places-which = Która miejscowość?

choose-about = Czego to dotyczy?
choose-want = Czego chcesz?
choose-where = Gdzie mieszkasz?
choose-any = Jeszcze nie wiem
choose-any-meaning = Pokaż wszystko.

kind-formal = Lekcje z dyplomem
kind-formal-meaning = Chodzisz do szkoły. Dostajesz dyplom.
kind-nonformal = Lekcje lub ćwiczenia, bez dyplomu
kind-nonformal-meaning = W małej grupie. Na przykład w bibliotece.
kind-informal = Robić coś razem
kind-informal-meaning = Gotowanie, spacery lub rozmowy. Uczysz się przy okazji.
kind-practical_help = Pomoc w sprawie
kind-practical_help-meaning = Ktoś Ci pomaga. Z listem, pieniędzmi lub komputerem.

theme-language = Język
theme-numeracy = Liczenie
theme-digital = Komputer i telefon
theme-money = Pieniądze i listy
theme-work = Praca
theme-health = Zdrowie
theme-family = Dzieci i szkoła
theme-housing = Mieszkanie
theme-law = Twoje prawa
theme-integration = Integracja
theme-meeting = Poznawanie ludzi
theme-government = Urzędy

results-heading = { $n ->
    [one] 1 miejsce w pobliżu { $place }
    [few] { $n } miejsca w pobliżu { $place }
   *[many] { $n } miejsc w pobliżu { $place }
}
results-order = Najpierw najbliższe
results-area-wide = Także dla Ciebie: w całym kraju i online
nothing-heading = Nic nie znaleźliśmy w odległości { $km } kilometrów
nothing-narrowed = Usuń jeden wybór. Albo szukaj dalej.
nothing-wider = Szukaj dalej.
nothing-less = Usuń jeden wybór.
nothing-at-all = Tu jeszcze nic nie ma.
nothing-library = Wolisz porozmawiać? Idź do biblioteki. Tam ktoś Ci pomoże.
search-within = Szukaj w odległości { $km } kilometrów
corrected = Szukamy teraz: { $words }.
loosely = Nic nie pasuje do wszystkich słów. To pasuje do części.
of-the-theme = Nic nie pasuje do tych słów. To dotyczy tego samego tematu.
widened = Bardzo blisko nic nie ma. Szukamy teraz do { $km } kilometrów.
digits-only = Szukamy teraz w całym { $place }. Dodaj też 2 litery. Wtedy zobaczysz, co jest najbliżej.
chosen-label = To jest wybrane
chosen-remove = Usuń:
chosen-remove-all = Usuń wszystko
turn-label = Więcej miejsc
turn-on = Więcej miejsc
turn-back = Poprzednie miejsca
turn-wide-on = Więcej w całym kraju i online
turn-wide-back = Poprzednie w całym kraju i online
share-results = Wyślij tę listę
share = Wyślij
share-done = Link jest gotowy. Możesz go wkleić.

distance-metres = { $n } m
distance-kilometres = { $n } km

filter-heading = Wybierz, czego szukasz
filter-text = Szukaj słowa
filter-theme = Czego to dotyczy?
filter-kind = Czego chcesz?
filter-when = Kiedy możesz?
filter-needs = Co jest dla Ciebie ważne?
filter-for-whom = Dla kogo?
filter-spoken = W jakim języku tam mówią?
feature-free = Za darmo
feature-walk_in = Można po prostu przyjść
feature-daytime = W dzień
feature-evening = Wieczorem
feature-weekend = W weekend
feature-wheelchair = Dobre dla wózka inwalidzkiego
feature-learners = Uczę się niderlandzkiego
feature-speakers = Dobrze mówię po niderlandzku
feature-women = Dla kobiet
feature-parents = Dla rodziców
feature-lang_en = Angielski
feature-lang_ar = Arabski
feature-lang_tr = Turecki
feature-lang_pl = Polski
feature-lang_uk = Ukraiński
feature-lang_fr = Francuski
filter-within = Jak daleko?
filter-button = Pokaż

open-now = Teraz otwarte
open-until = Teraz otwarte do { $time }
closed-until = Teraz zamknięte. { $day } otwarte od { $time }
next-time = Następny raz: { $when }
times-unknown = Najpierw zadzwoń. Nie jesteśmy pewni godzin.
today = Dzisiaj
tomorrow = Jutro
date = { $weekday } { $day } { $month }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to }
hour = { $time }
slot = { $day }, { $hours }
slot-uncertain = { $day }, { $hours }. Najpierw zadzwoń.
weekday-0 = Poniedziałek
weekday-1 = Wtorek
weekday-2 = Środa
weekday-3 = Czwartek
weekday-4 = Piątek
weekday-5 = Sobota
weekday-6 = Niedziela
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia

cost-free = Za darmo
cost-ask = Zapytaj, ile to kosztuje.
start-walk_in = Po prostu przyjdź.
start-call = Najpierw zadzwoń.
start-sign_up = Musisz się zapisać.
start-unknown = Zapytaj, jak zacząć.

detail-what = Co tu robisz?
detail-for-whom = Dla kogo?
detail-level = Poziom:
detail-when = Kiedy?
detail-next = Następne terminy:
week-heading = Co tydzień:
week-closed = Zamknięte
detail-where = Gdzie?
detail-cost = Ile to kosztuje?
detail-start = Jak zacząć?
detail-nearby = Także w pobliżu tego miejsca
detail-languages = W jakim języku tam mówią?
call = Zadzwoń
route = Trasa
website = Przejdź do strony
calendar = Dodaj do kalendarza
read = Czytaj na głos
read-stop = Stop
checked = Sprawdziliśmy to:
checked-old = Uwaga: to było dawno. Najpierw zadzwoń.
source = Wiemy to od:

area-national = Cała Holandia
area-online = W internecie
area-telephone = Przez telefon
area-province = Prowincja { $name }
area-municipality = Gmina { $name }
area-postcodes = Kody pocztowe { $name }

spoken-nl = Niderlandzki
spoken-en = Angielski
spoken-ar = Arabski
spoken-tr = Turecki
spoken-pl = Polski
spoken-uk = Ukraiński
spoken-fr = Francuski
spoken-de = Niemiecki
spoken-es = Hiszpański
spoken-so = Somalijski
spoken-ti = Tigrinia
spoken-fa = Perski
spoken-zh = Chiński
spoken-bg = Bułgarski
spoken-ro = Rumuński
spoken-ru = Rosyjski

professional-heading = Dla specjalistów
professional-kind = Rodzaj
professional-themes = Temat
professional-groups = Grupa docelowa
professional-level = Poziom
professional-intake = Zapisy
professional-municipality = Gmina
professional-hours = Godziny (zapis OSM)
professional-number = Numer

print = Drukuj
print-card = Wydrukuj kartkę
card-heading = Kartka
card-hint = Wydrukuj tę kartkę. Wypełnijcie ją razem długopisem.
card-ask-for = Zapytaj o:
card-appointment = Twój termin:
card-from = Od kogo:
card-called = Telefon razem?
code-label = Kod do telefonu
code-text = Zeskanuj kod telefonem. Albo wejdź na:
short-which = Które miejsce masz na myśli?

list-link = Moja lista ({ $n })
list-add = Dodaj do listy
list-added = Jest na liście
list-heading = Moja lista
list-empty = Na liście nic jeszcze nie ma.
list-hint = Na liście mieści się 5 miejsc. Możesz ją wydrukować.
list-remove = Usuń
list-clear = Wyczyść listę

map-label = Mapa
map-show = Pokaż mapę
map-hint = Wszystkie miejsca z mapy są też na liście.
map-alt = Mapa z miejscami z listy.
map-alt-one = Mapa z tym miejscem.
map-place = Miejsce
map-in = Bliżej
map-out = Dalej

correction-link = Coś się nie zgadza? Powiedz nam.
correction-heading = Coś się nie zgadza?
correction-label = Co się nie zgadza?
correction-hint = Na przykład: godzina jest inna.
correction-contact = Chcesz odpowiedź?
correction-contact-hint = Wpisz telefon lub e-mail. Nie musisz.
correction-trap = Zostaw to puste
correction-button = Wyślij
correction-taken = Dziękujemy. Sprawdzimy to.
correction-empty = Napisz, co się nie zgadza.
correction-too-long = To jest za długie. Skróć tekst.
correction-contact-too-long = Telefon lub e-mail jest za długi.
correction-busy = Teraz jest za duży ruch. Spróbuj później.

missing-heading = Tej strony nie ma
missing-text = Może to miejsce już nie działa. Poszukaj czegoś innego w pobliżu.
busy-heading = Teraz jest bardzo duży ruch
busy-text = Poczekaj chwilę. Spróbuj ponownie za pół minuty.

## In a page of somebody else

widget-busy = Szukamy.
widget-away = Szukanie teraz nie działa.
widget-again = Spróbuj jeszcze raz
widget-site = Przejdź do strony
widget-all = Zobacz wszystkie miejsca
widget-refused = Tutaj nie można teraz szukać.
widget-national = Szukaj w całej Holandii

statement-link = Dostępność
statement-heading = Dostępność
statement-wish = Każdy musi móc korzystać z tej strony. Pracujemy nad tym.
statement-status-heading = Jak daleko jesteśmy?
statement-status = Strona spełnia część zasad. Te zasady to EN 301 549 i WCAG 2.2, poziom AA. Nie ma jeszcze niezależnego badania. To jest status C.
statement-tested-heading = Co sprawdziliśmy?
statement-tested = Program sprawdza każdą stronę w każdym języku. Sprawdzamy klawiaturę. I wąski ekran.
statement-known-heading = Co nie jest jeszcze dobre?
statement-known-content = Teksty o miejscach pochodzą od innych. Czasem są trudne.
statement-known-map = Mapa źle działa z czytnikiem ekranu. Wszystkie miejsca są też na liście.
statement-known-translations = Tłumaczenia nie są jeszcze sprawdzone.
statement-known-people = Osoby z niepełnosprawnością jeszcze nie sprawdziły strony.
statement-trouble-heading = Coś nie działa?
statement-trouble = Powiedz nam. Odpowiemy w ciągu 2 tygodni.
statement-enforce = Nie ma dobrej odpowiedzi? Idź do krajowego rzecznika praw obywatelskich.
statement-date = To oświadczenie jest z 24 listopada 2026.

## What becomes of visitors' data

privacy-link = Twoje dane
privacy-heading = Twoje dane
privacy-short = Nie wiemy, kim jesteś. Nie zapisujemy, czego szukasz.
privacy-ask-heading = Co robimy z Twoim kodem pocztowym?
privacy-ask = Sprawdzamy, co jest w pobliżu. Potem go wyrzucamy. Twoich słów też nie zapisujemy.
privacy-address = Twój kod jest w linku strony. Wysyłasz komuś ten link? Wtedy ta osoba też widzi Twój kod.
privacy-here = Szukasz tam, gdzie jesteś? Telefon sam znajduje kod pocztowy. My dostajemy tylko cztery cyfry.
privacy-never-heading = Czego nie robimy?
privacy-never-cookies = Nie ma plików cookie.
privacy-never-device = Nie zapisujemy, z jakiego urządzenia korzystasz.
privacy-never-others = Niczego nie dajemy innym.
privacy-never-account = Nie potrzebujesz konta.
privacy-map = My pobieramy mapę dla Ciebie. Twórca mapy Cię nie widzi.
privacy-count-heading = Co liczymy?
privacy-count = Liczymy, ile razy dziennie ludzie czegoś szukają. Nie wiemy, kto to był.
privacy-count-few = Liczymy według czterech cyfr kodu. Było mniej niż 10 razy? Wtedy tam tego nie zapisujemy.
privacy-write-heading = Piszesz do nas, że coś się nie zgadza?
privacy-write = Wtedy zachowujemy Twoją wiadomość. I telefon lub e-mail, jeśli podasz. Tak możemy odpowiedzieć.
privacy-write-gone = Sprawa skończona? Wtedy to wyrzucamy.
privacy-rights-heading = Chcesz o coś zapytać?
privacy-rights = Możesz zapytać, co o Tobie mamy. Możesz też poprosić, żeby to wyrzucić.
privacy-enforce = Nie ma dobrej odpowiedzi? Idź do holenderskiego urzędu ochrony danych.
privacy-date = Ta strona jest z 25 listopada 2026.

## The pages of a library

variant-ask = Zapytaj nas:
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place } nie leży na obszarze { $name }
outside-text = Możesz szukać w całej Holandii.
outside-link = Szukaj w całej Holandii
closed-heading = Strona { $name } jest teraz zamknięta
closed-text = Możesz szukać w całej Holandii.
embedded-all = Zobacz wszystko
