### Every word of the pages, level A2: about ten words a sentence, "je", no abbreviations, no policy words.
### Dutch is the source of the other languages.

site-name = Leren en hulp in de buurt
site-title = Leren en hulp bij jou in de buurt
skip = Naar de inhoud
back = Terug
back-to-list = Terug naar de lijst
error-title = { "Fout: " }
footer-privacy = We bewaren niets over jou. Er zijn geen cookies.
in-dutch = Deze tekst is in het Nederlands.
example = Voorbeeld. Dit bestaat niet echt.

## Start

start-intro = Wil je beter lezen, schrijven of rekenen? Of zoek je hulp met brieven of je telefoon? Kijk hier wat er in de buurt is.
start-choose = Of kies waar het over gaat

## The search box

search-label = Wat is je postcode?
search-hint = 4 cijfers en 2 letters. Zoals 3512 AB.
search-button = Zoek
search-no-postcode = Weet je je postcode niet? Kies je plaats.
here-button = Zoek waar ik nu ben
here-wait = We kijken waar je bent.
here-failed = Dat lukt niet. Vul je postcode in.
error-empty = Vul je postcode in. Zoals 3512 AB.
error-not-a-postcode = Dit is geen postcode. Een postcode heeft 4 cijfers en 2 letters. Zoals 3512 AB.
error-unknown-postcode = Wij kennen deze postcode niet. Kijk of hij goed is. Of kies je plaats.
error-unknown-place = Wij kennen deze plaats niet. Kijk of de naam goed is.
error-several-places = Er zijn meer plaatsen met deze naam. Welke bedoel je?

## The place picker

places-heading = Kies je plaats
places-label = Hoe heet je stad of dorp?
places-hint = Vul de eerste letters in.
places-button = Zoek de plaats
places-which = Welke plaats bedoel je?

## Choosing step by step

choose-about = Waar gaat het over?
choose-want = Wat wil je?
choose-where = Waar woon je?
choose-any = Ik weet het nog niet
choose-any-meaning = Laat alles zien.

kind-formal = Les met diploma
kind-formal-meaning = Je gaat naar school. Je krijgt een diploma.
kind-nonformal = Les of oefenen, zonder diploma
kind-nonformal-meaning = In een kleine groep. Bijvoorbeeld in de bibliotheek.
kind-informal = Samen iets doen
kind-informal-meaning = Koken, wandelen of praten. Je leert vanzelf.
kind-practical_help = Hulp bij een vraag
kind-practical_help-meaning = Iemand helpt je. Met een brief, geld of je computer.

theme-language = Taal
theme-numeracy = Rekenen
theme-digital = Computer en telefoon
theme-money = Geld en brieven
theme-work = Werk
theme-health = Gezond
theme-family = Kinderen en school
theme-housing = Wonen
theme-law = Je recht
theme-integration = Inburgeren
theme-meeting = Mensen ontmoeten
theme-government = De overheid

## Results

# $n is how many, $place is a postcode or the name of a place.
results-heading = { $n ->
    [one] 1 plek bij { $place }
   *[other] { $n } plekken bij { $place }
}
results-order = Dichtbij eerst
results-area-wide = Ook voor jou: landelijk en online
nothing-heading = We vinden niets binnen { $km } kilometer
nothing-narrowed = Haal een keuze weg. Of zoek verder weg.
nothing-wider = Zoek verder weg.
nothing-less = Haal een keuze weg.
nothing-at-all = Hier is nog niets.
nothing-library = Liever praten? Ga naar de bibliotheek. Daar helpt iemand je.
search-within = Zoek binnen { $km } kilometer
corrected = We zoeken nu naar: { $words }.
loosely = Niets past bij al je woorden. Dit past bij een deel.
of-the-theme = Niets past bij je woorden. Dit gaat over hetzelfde onderwerp.
widened = Heel dichtbij is er niets. We zoeken nu tot { $km } kilometer.
digits-only = We zoeken nu in heel { $place }. Vul ook je 2 letters in. Dan zie je wat het dichtst bij is.
chosen-label = Dit heb je gekozen
chosen-remove = Haal weg:
chosen-remove-all = Alles weghalen
turn-label = Meer plekken
turn-on = Meer plekken
turn-back = Vorige plekken
turn-wide-on = Meer landelijk en online
turn-wide-back = Vorige landelijk en online
share-results = Stuur deze lijst door
share = Stuur door
share-done = De link staat klaar. Je kunt hem plakken.

distance-metres = { $n } meter
distance-kilometres = { $n } kilometer

## Filters

filter-heading = Kies wat je zoekt
filter-text = Zoek een woord
filter-theme = Waar gaat het over?
filter-kind = Wat wil je?
filter-when = Wanneer kun je?
filter-needs = Wat is belangrijk voor jou?
filter-for-whom = Voor wie?
filter-spoken = Welke taal spreken ze daar?
feature-free = Gratis
feature-walk_in = Gewoon langskomen
feature-daytime = Overdag
feature-evening = In de avond
feature-weekend = In het weekend
feature-wheelchair = Goed met de rolstoel
feature-learners = Ik leer Nederlands
feature-speakers = Ik spreek al goed Nederlands
feature-women = Voor vrouwen
feature-parents = Voor ouders
feature-lang_en = Engels
feature-lang_ar = Arabisch
feature-lang_tr = Turks
feature-lang_pl = Pools
feature-lang_uk = Oekraïens
feature-lang_fr = Frans
filter-within = Hoe ver weg?
filter-button = Laat zien

## Times, cost and how to start

open-now = Nu open
open-until = Nu open tot { $time } uur
closed-until = Nu dicht. { $day } open om { $time } uur
next-time = Volgende keer: { $when }
times-unknown = Bel eerst. We weten de tijden niet zeker.
today = Vandaag
tomorrow = Morgen
date = { $weekday } { $day } { $month }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to } uur
hour = { $time } uur
slot = { $day }, { $hours }
slot-uncertain = { $day }, { $hours }. Bel eerst.
weekday-0 = Maandag
weekday-1 = Dinsdag
weekday-2 = Woensdag
weekday-3 = Donderdag
weekday-4 = Vrijdag
weekday-5 = Zaterdag
weekday-6 = Zondag
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

cost-free = Gratis
cost-ask = Vraag wat het kost.
start-walk_in = Kom gewoon langs.
start-call = Bel eerst.
start-sign_up = Je moet je opgeven.
start-unknown = Vraag hoe je kunt beginnen.

## One place

detail-what = Wat doe je hier?
detail-for-whom = Voor wie?
detail-level = Niveau:
detail-when = Wanneer?
detail-next = De volgende keren:
week-heading = Elke week:
week-closed = Dicht
detail-where = Waar?
detail-cost = Wat kost het?
detail-start = Hoe begin je?
detail-nearby = Ook in de buurt van deze plek
detail-languages = Welke taal spreken ze daar?
call = Bel
route = Route
website = Ga naar de website
calendar = Zet in je agenda
read = Lees voor
read-stop = Stop
checked = We hebben dit gecheckt op
checked-old = Let op: dat is lang geleden. Bel eerst.
source = Dit weten we van:

area-national = Heel Nederland
area-online = Op internet
area-telephone = Per telefoon
area-province = Provincie { $name }
area-municipality = Gemeente { $name }
area-postcodes = Postcodes { $name }

spoken-nl = Nederlands
spoken-en = Engels
spoken-ar = Arabisch
spoken-tr = Turks
spoken-pl = Pools
spoken-uk = Oekraïens
spoken-fr = Frans
spoken-de = Duits
spoken-es = Spaans
spoken-so = Somalisch
spoken-ti = Tigrinya
spoken-fa = Farsi
spoken-zh = Chinees
spoken-bg = Bulgaars
spoken-ro = Roemeens
spoken-ru = Russisch

## For professionals

professional-heading = Voor hulpverleners
professional-kind = Soort
professional-themes = Thema
professional-groups = Doelgroep
professional-level = Niveau
professional-intake = Aanmelden
professional-municipality = Gemeente
professional-hours = Tijden (OSM-notatie)
professional-number = Nummer

## On paper

print = Print
print-card = Print een kaartje
card-heading = Kaartje
card-hint = Print dit kaartje. Vul het samen in met een pen.
card-ask-for = Vraag naar:
card-appointment = Jouw afspraak:
card-from = Van wie:
card-called = Samen gebeld?
code-label = Code voor je telefoon
code-text = Scan de code met je telefoon. Of ga naar:
short-which = Welke plek bedoel je?

list-link = Mijn lijst ({ $n })
list-add = Zet op mijn lijst
list-added = Staat op je lijst
list-heading = Mijn lijst
list-empty = Er staat nog niets op je lijst.
list-hint = Op de lijst passen 5 plekken. Je kunt hem printen.
list-remove = Haal weg
list-clear = Maak de lijst leeg

## The map

map-label = Kaart
map-show = Laat de kaart zien
map-hint = Alle plekken van de kaart staan ook in de lijst.
map-alt = Kaart met de plekken uit de lijst.
map-alt-one = Kaart met deze plek.
map-place = Plek
map-in = Dichterbij
map-out = Verder weg

## Is something not right?

correction-link = Klopt iets niet? Zeg het ons.
correction-heading = Klopt iets niet?
correction-label = Wat klopt er niet?
correction-hint = Bijvoorbeeld: de tijd is anders.
correction-contact = Wil je antwoord?
correction-contact-hint = Vul je telefoon of mail in. Het hoeft niet.
correction-trap = Laat dit leeg
correction-button = Stuur op
correction-taken = Dank je wel. We gaan ernaar kijken.
correction-empty = Schrijf op wat er niet klopt.
correction-too-long = Dit is te lang. Maak het korter.
correction-contact-too-long = Je telefoon of mail is te lang.
correction-busy = Het is nu te druk. Probeer het straks nog eens.

## What is not there

missing-heading = Deze bladzijde is er niet
missing-text = Misschien is deze plek gestopt. Zoek iets anders in de buurt.
busy-heading = Het is nu erg druk
busy-text = Wacht even. Probeer het over een halve minuut nog een keer.

## In a page of somebody else

widget-busy = We zoeken.
widget-away = Het zoeken lukt nu niet.
widget-again = Probeer het nog een keer
widget-site = Ga naar de website
widget-all = Bekijk alle plekken
widget-refused = Hier kun je nu niet zoeken.
widget-national = Zoek in heel Nederland

## The accessibility statement

statement-link = Toegankelijkheid
statement-heading = Toegankelijkheid
statement-wish = Iedereen moet deze website kunnen gebruiken. Daar werken we aan.
statement-status-heading = Hoe ver zijn we?
statement-status = De website voldoet gedeeltelijk aan de regels. Die regels heten EN 301 549 en WCAG 2.2, niveau AA. Een onafhankelijk onderzoek is er nog niet. Dat is status C.
statement-tested-heading = Wat hebben we getest?
statement-tested = Een programma test elke bladzijde in elke taal. We testen met het toetsenbord. En op een smal scherm.
statement-known-heading = Wat is nog niet goed?
statement-known-content = De teksten over de plekken komen van anderen. Ze zijn soms moeilijk.
statement-known-map = De kaart werkt niet goed met een schermlezer. Alle plekken staan ook in de lijst.
statement-known-translations = De vertalingen zijn nog niet nagekeken.
statement-known-people = Mensen met een beperking hebben de website nog niet getest.
statement-trouble-heading = Lukt iets niet?
statement-trouble = Zeg het ons. We antwoorden binnen 2 weken.
statement-enforce = Krijg je geen goed antwoord? Ga naar de Nationale ombudsman.
statement-date = Deze verklaring is van 24 november 2026.

## What becomes of visitors' data

privacy-link = Jouw gegevens
privacy-heading = Jouw gegevens
privacy-short = We weten niet wie je bent. We bewaren niet wat je zoekt.
privacy-ask-heading = Wat doen we met jouw postcode?
privacy-ask = We kijken wat er in de buurt is. Daarna gooien we hem weg. Ook je woorden bewaren we niet.
privacy-address = Je postcode staat in de link van de bladzijde. Deel je die link? Dan ziet de ander je postcode ook.
privacy-here = Zoek je waar je nu bent? Je telefoon zoekt dan zelf de postcode. Wij krijgen alleen de vier cijfers.
privacy-never-heading = Wat doen we niet?
privacy-never-cookies = Er zijn geen cookies.
privacy-never-device = We schrijven niet op van welk toestel je komt.
privacy-never-others = We geven niets aan anderen.
privacy-never-account = Je hoeft geen account te maken.
privacy-map = Wij halen de kaart voor jou op. De maker van de kaart ziet jou niet.
privacy-count-heading = Wat tellen we wel?
privacy-count = We tellen per dag hoe vaak mensen iets zoeken. We weten dan niet wie dat waren.
privacy-count-few = We tellen per vier cijfers van de postcode. Was het minder dan 10 keer? Dan schrijven we het daar niet op.
privacy-write-heading = Schrijf je ons dat iets niet klopt?
privacy-write = Dan bewaren we je bericht. En je telefoon of mail, als je die geeft. Zo kunnen we je antwoorden.
privacy-write-gone = Is het klaar? Dan gooien we het weg.
privacy-rights-heading = Wil je iets vragen?
privacy-rights = Je mag vragen wat we van je hebben. Je mag ook vragen om het weg te gooien.
privacy-enforce = Krijg je geen goed antwoord? Ga naar de Autoriteit Persoonsgegevens.
privacy-date = Deze bladzijde is van 25 november 2026.

## The pages of a library

variant-ask = Vraag het ons:
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place } ligt niet in het gebied van { $name }
outside-text = Je kunt wel zoeken in heel Nederland.
outside-link = Zoek in heel Nederland
closed-heading = De pagina van { $name } is nu dicht
closed-text = Je kunt wel zoeken in heel Nederland.
embedded-all = Bekijk alles
