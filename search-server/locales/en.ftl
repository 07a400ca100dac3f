# A draft: a native reader has to look at it.

site-name = Learning and help nearby
site-title = Learning and help near you
skip = To the content
back = Back
back-to-list = Back to the list
error-title = { "Error: " }
footer-privacy = We keep nothing about you. There are no cookies.
in-dutch = This text is in Dutch.
example = Example. This does not really exist.

start-intro = Do you want to read, write or count better? Or do you need help with letters or your phone? See here what is nearby.
start-choose = Or choose what it is about

search-label = What is your postcode?
search-hint = 4 digits and 2 letters. Like 3512 AB.
search-button = Search
search-no-postcode = Don't know your postcode? Choose your town.
here-button = Search where I am now
here-wait = We are looking where you are.
here-failed = That did not work. Fill in your postcode.
error-empty = Fill in your postcode. Like 3512 AB.
error-not-a-postcode = This is not a postcode. A postcode has 4 digits and 2 letters. Like 3512 AB.
error-unknown-postcode = We do not know this postcode. Check if it is right. Or choose your town.
error-unknown-place = We do not know this town. Check if the name is right.
error-several-places = There are more towns with this name. Which one do you mean?

places-heading = Choose your town
places-label = What is your town called?
places-hint = Fill in the first letters.
places-button = Find the town
places-which = Which town do you mean?

choose-about = What is it about?
choose-want = What do you want?
choose-where = Where do you live?
choose-any = I don't know yet
choose-any-meaning = Show everything.

kind-formal = Lessons with a diploma
kind-formal-meaning = You go to school. You get a diploma.
kind-nonformal = Lessons or practice, no diploma
kind-nonformal-meaning = In a small group. For example in the library.
kind-informal = Doing something together
kind-informal-meaning = Cooking, walking or talking. You learn as you go.
kind-practical_help = Help with a question
kind-practical_help-meaning = Somebody helps you. With a letter, money or your computer.

theme-language = Language
theme-numeracy = Numbers
theme-digital = Computer and phone
theme-money = Money and letters
theme-work = Work
theme-health = Health
theme-family = Children and school
theme-housing = Housing
theme-law = Your rights
theme-integration = Civic integration
theme-meeting = Meeting people
theme-government = The government

results-heading = { $n ->
    [one] 1 place near { $place }
   *[other] { $n } places near { $place }
}
results-order = Nearest first
results-area-wide = Also for you: everywhere and online
nothing-heading = We find nothing within { $km } kilometres
nothing-narrowed = Take a choice away. Or search further away.
nothing-wider = Search further away.
nothing-less = Take a choice away.
nothing-at-all = There is nothing here yet.
nothing-library = Would you rather talk? Go to the library. Somebody there will help you.
search-within = Search within { $km } kilometres
corrected = We now look for: { $words }.
loosely = Nothing fits all your words. This fits some of them.
of-the-theme = Nothing fits your words. This is about the same subject.
widened = There is nothing very near. We now search up to { $km } kilometres.
digits-only = We now search in all of { $place }. Add your 2 letters too. Then you see what is nearest.
chosen-label = You chose this
chosen-remove = Remove:
chosen-remove-all = Remove everything
turn-label = More places
turn-on = More places
turn-back = Earlier places
turn-wide-on = More everywhere and online
turn-wide-back = Earlier everywhere and online
share-results = Share this list
share = Share
share-done = The link is ready. You can paste it.

distance-metres = { $n } metres
distance-kilometres = { $n } kilometres

filter-heading = Choose what you want
filter-text = Search for a word
filter-theme = What is it about?
filter-kind = What do you want?
filter-when = When can you?
filter-needs = What is important to you?
filter-for-whom = For whom?
filter-spoken = Which language do they speak there?
feature-free = Free
feature-walk_in = Just walk in
feature-daytime = In the daytime
feature-evening = In the evening
feature-weekend = At the weekend
feature-wheelchair = Good by wheelchair
feature-learners = I am learning Dutch
feature-speakers = I speak Dutch well already
feature-women = For women
feature-parents = For parents
feature-lang_en = English
feature-lang_ar = Arabic
feature-lang_tr = Turkish
feature-lang_pl = Polish
feature-lang_uk = Ukrainian
feature-lang_fr = French
filter-within = How far away?
filter-button = Show

open-now = Open now
open-until = Open now until { $time }
closed-until = Closed now. { $day } open at { $time }
next-time = Next time: { $when }
times-unknown = Call first. We are not sure about the times.
today = Today
tomorrow = Tomorrow
date = { $weekday } { $day } { $month }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to }
hour = { $time }
slot = { $day }, { $hours }
slot-uncertain = { $day }, { $hours }. Call first.
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

cost-free = Free
cost-ask = Ask what it costs.
start-walk_in = Just walk in.
start-call = Call first.
start-sign_up = You have to sign up.
start-unknown = Ask how you can start.

detail-what = What do you do here?
detail-for-whom = For whom?
detail-level = Level:
detail-when = When?
detail-next = The next times:
week-heading = Every week:
week-closed = Closed
detail-where = Where?
detail-cost = What does it cost?
detail-start = How do you start?
detail-nearby = Also near this place
detail-languages = Which language do they speak there?
call = Call
route = Route
website = Go to the website
calendar = Put in your calendar
read = Read aloud
read-stop = Stop
checked = We checked this on
checked-old = Note: that is long ago. Call first.
source = We know this from:

area-national = The whole of the Netherlands
area-online = On the internet
area-telephone = By telephone
area-province = Province of { $name }
area-municipality = Municipality of { $name }
area-postcodes = Postcodes { $name }

spoken-nl = Dutch
spoken-en = English
spoken-ar = Arabic
spoken-tr = Turkish
spoken-pl = Polish
spoken-uk = Ukrainian
spoken-fr = French
spoken-de = German
spoken-es = Spanish
spoken-so = Somali
spoken-ti = Tigrinya
spoken-fa = Farsi
spoken-zh = Chinese
spoken-bg = Bulgarian
spoken-ro = Romanian
spoken-ru = Russian

professional-heading = For professionals
professional-kind = Kind
professional-themes = Theme
professional-groups = Target group
professional-level = Level
professional-intake = Signing up
professional-municipality = Municipality
professional-hours = Times (OSM notation)
professional-number = Number

print = Print
print-card = Print a card
card-heading = Card
card-hint = Print this card. Fill it in together with a pen.
card-ask-for = Ask for:
card-appointment = Your appointment:
card-from = From:
card-called = Called together?
code-label = Code for your phone
code-text = Scan the code with your phone. Or go to:
short-which = Which place do you mean?

list-link = My list ({ $n })
list-add = Put on my list
list-added = On your list
list-heading = My list
list-empty = There is nothing on your list yet.
list-hint = The list holds 5 places. You can print it.
list-remove = Remove
list-clear = Empty the list

map-label = Map
map-show = Show the map
map-hint = All places on the map are in the list too.
map-alt = Map with the places in the list.
map-alt-one = Map with this place.
map-place = Place
map-in = Closer
map-out = Further away

correction-link = Is something not right? Tell us.
correction-heading = Is something not right?
correction-label = What is not right?
correction-hint = For example: the time is different.
correction-contact = Do you want an answer?
correction-contact-hint = Fill in your phone or e-mail. You don't have to.
correction-trap = Leave this empty
correction-button = Send
correction-taken = Thank you. We will look at it.
correction-empty = Write down what is not right.
correction-too-long = This is too long. Make it shorter.
correction-contact-too-long = Your phone or e-mail is too long.
correction-busy = It is too busy now. Try again later.

missing-heading = This page is not there
missing-text = Maybe this place has stopped. Search for something else nearby.
busy-heading = It is very busy right now
busy-text = Please wait a moment. Try again in half a minute.

## In a page of somebody else

widget-busy = We are searching.
widget-away = Searching does not work now.
widget-again = Try again
widget-site = Go to the website
widget-all = See all places
widget-refused = You cannot search here now.
widget-national = Search everywhere in the Netherlands

statement-link = Accessibility
statement-heading = Accessibility
statement-wish = Everybody must be able to use this website. We are working on it.
statement-status-heading = How far are we?
statement-status = The website meets part of the rules. The rules are called EN 301 549 and WCAG 2.2, level AA. There is no independent audit yet. That is status C.
statement-tested-heading = What did we test?
statement-tested = A program tests every page in every language. We test with the keyboard. And on a narrow screen.
statement-known-heading = What is not good yet?
statement-known-content = The texts about the places come from others. Some are difficult.
statement-known-map = The map does not work well with a screen reader. All places are in the list too.
statement-known-translations = The translations have not been checked yet.
statement-known-people = People with a disability have not tested the website yet.
statement-trouble-heading = Does something not work?
statement-trouble = Tell us. We answer within 2 weeks.
statement-enforce = No good answer? Go to the National Ombudsman.
statement-date = This statement is of 24 November 2026.

## What becomes of visitors' data

privacy-link = Your data
privacy-heading = Your data
privacy-short = We do not know who you are. We do not keep what you search for.
privacy-ask-heading = What do we do with your postcode?
privacy-ask = We look at what is near. Then we throw it away. We do not keep your words either.
privacy-address = Your postcode is in the link of the page. Do you share that link? Then the other person sees your postcode too.
privacy-here = Do you search where you are now? Your phone finds the postcode itself. We only get the four digits.
privacy-never-heading = What do we not do?
privacy-never-cookies = There are no cookies.
privacy-never-device = We do not write down which device you use.
privacy-never-others = We give nothing to others.
privacy-never-account = You do not need an account.
privacy-map = We fetch the map for you. The maker of the map does not see you.
privacy-count-heading = What do we count?
privacy-count = We count how often people search for something, by day. We do not know who they were.
privacy-count-few = We count by the four digits of the postcode. Was it fewer than 10 times? Then we do not write it down there.
privacy-write-heading = Do you write to us that something is not right?
privacy-write = Then we keep your message. And your phone or email, if you give it. So we can answer you.
privacy-write-gone = Is it done? Then we throw it away.
privacy-rights-heading = Do you want to ask something?
privacy-rights = You may ask what we have about you. You may also ask us to throw it away.
privacy-enforce = No good answer? Go to the Dutch Data Protection Authority.
privacy-date = This page is of 25 November 2026.

## The pages of a library

variant-ask = Ask us:
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place } is not in the area of { $name }
outside-text = You can search all of the Netherlands.
outside-link = Search all of the Netherlands
closed-heading = The page of { $name } is closed now
closed-text = You can search all of the Netherlands.
embedded-all = See all
