"""Writes pairs.jsonl: pairs of offerings from two sources, each marked by hand as the same offering or not.

Every title, and the verdict on every pair, was written by hand; this script only fills in the other fields. A pair of
the same offering differs the way two registrations of it differ (spelling, a missing field, another notation). A pair
of two offerings is hard: same house, same organisation, often nearly the same title.
"""
import json
import pathlib

# organisation, street, house number, postcode, place, lat, lon, phone
HOUSES = {
    "bieb": ("Bibliotheek Veendam", "Museumplein", "5", "9641 AD", "Veendam", 53.1046, 6.8757, "0598 612 345"),
    "buurt": ("Buurthuis De Hoeksteen", "Kerkstraat", "12", "8601 AB", "Sneek", 53.0330, 5.6580, "0515 412 345"),
    "welzijn": ("Stichting Welzijn Oost", "Plantage", "40 b", "3512 EM", "Utrecht", 52.0930, 5.1240, "030 231 23 45"),
    "taalhuis": ("Taalhuis Eindhoven", "Emmasingel", "22", "5611 AZ", "Eindhoven", 51.4400, 5.4750, "040 260 42 60"),
    "school": ("ROC Nijmegen", "Campusbaan", "6", "6512 BT", "Nijmegen", 51.8350, 5.8490, "024 890 45 00"),
    "loket": ("Juridisch Loket", "Stationsplein", "14", "3013 AK", "Rotterdam", 51.9240, 4.4700, "0800 8020"),
    "kerk": ("Diaconie Zwolle", "Grote Markt", "18", "8011 LW", "Zwolle", 52.5120, 6.0930, "038 421 25 12"),
    "dorp": ("Dorpshuis 't Trefpunt", "Dorpsstraat", "101", "4461 KJ", "Goes", 51.5040, 3.8890, "0113 21 23 45"),
}

# One line an offering: house, kind, hours, title, what it is.
# Then titles under which another source has the same offering, and other offerings (title; hours if they differ).
OFFERINGS = [
    ("bieb", "informal", "We 10:00-12:00", "Taalcafé", "Je praat Nederlands met andere mensen. Er is koffie.",
     ["Taal café", "Taalcafe Veendam", "Taalcafé in de bibliotheek", "TAALCAFÉ"],
     [("Boekencafé",), ("Taalcafé", "Th 19:00-21:00"), ("Taalspreekuur", "Mo 14:00-15:00"), ("Walk-in digitaal", "We 10:00-12:00")]),
    ("bieb", "practical_help", "Mo 14:00-16:00; We 10:00-12:00", "Informatiepunt Digitale Overheid", "Hulp bij DigiD en andere zaken van de overheid op internet.",
     ["Informatiepunt Digitale Overheid (IDO)", "IDO: Informatiepunt Digitale Overheid", "Informatiepunt digitale overheid Veendam"],
     [("Hulp bij formulieren",), ("Spreekuur digitale zaken",), ("Informatiepunt Mantelzorg",), ("Digitaal spreekuur", "Mo 13:00-15:30")]),
    ("bieb", "nonformal", "Tu 10:00-12:00", "Klik & Tik", "Je leert de computer gebruiken. Je oefent op internet.",
     ["Klik en Tik", "Cursus Klik & Tik", "Klik&Tik: leren internetten"],
     [("Klik & Tik voor gevorderden", "Th 10:00-12:00"), ("Digisterker", "Tu 13:30-15:30"), ("Klik & Tik", "Fr 13:00-15:00"), ("Tik & Klik Club kinderen", "We 14:00-15:00")]),
    ("bieb", "nonformal", "Th 13:30-15:30", "Cursus Digisterker", "Werken met de elektronische overheid, in vier lessen.",
     ["Digisterker", "Digisterker: werken met de e-overheid", "Cursus DigiSterker"],
     [("Cursus DigiD",), ("Cursus Digifit", "Th 13:30-15:30"), ("Digisterker Plus", "Th 16:00-17:00")]),
    ("bieb", "informal", "Fr 15:00-16:00", "Voorlezen voor kinderen van 2 tot 6 jaar", "Een vrijwilliger leest voor. Ouders blijven erbij.",
     ["Voorleesuurtje 2-6 jaar", "Voorlezen voor kinderen 2 - 6 jaar", "Voorlezen voor kinderen (2-6 jaar)"],
     [("Voorlezen voor kinderen van 6 tot 8 jaar",), ("Voorlezen voor ouderen",), ("Knutselen voor kinderen van 2 tot 6 jaar",)]),
    ("buurt", "informal", "Mo 19:30-21:30", "Naaien en praten", "We maken kleding en leren de taal.",
     ["Naaien & praten", "Naaicafé: naaien en praten", "Naaien en praten Sneek"],
     [("Breien en praten",), ("Koken en praten",), ("Naaien en praten", "We 09:30-11:30"), ("Naaien voor beginners",)]),
    ("buurt", "informal", "Th 12:00-13:30", "Samen eten", "Een warme maaltijd met buren.",
     ["Samen eten in De Hoeksteen", "Samen Eten (warme maaltijd)", "Buurtmaaltijd samen eten"],
     [("Samen koken",), ("Samen wandelen",), ("Samen eten voor jongeren", "Th 17:30-19:00"), ("Soepinloop",)]),
    ("buurt", "practical_help", "Tu 09:00-11:00", "Formulierenbrigade", "Vrijwilligers helpen met formulieren en brieven.",
     ["Formulieren brigade", "De Formulierenbrigade Sneek", "Formulierenbrigade - hulp bij formulieren"],
     [("Belastinghulp",), ("Formulierenbrigade", "Fr 13:00-15:00"), ("Repair Café",), ("Schuldhulpmaatje",)]),
    ("buurt", "informal", "Sa[1] 10:00-13:00", "Repair Café", "Neem iets mee dat stuk is. Wij maken het samen.",
     ["Repaircafé", "Repair Cafe Sneek", "RepairCafé De Hoeksteen"],
     [("Repair Café kleding",), ("Repair Café", "We 19:00-21:00"), ("Ruilwinkel",)]),
    ("buurt", "informal", "We 10:00-11:30", "Koffieochtend voor vrouwen", "Vrouwen uit de buurt drinken koffie en praten.",
     ["Koffie-ochtend vrouwen", "Koffieochtend voor vrouwen (De Hoeksteen)", "Vrouwenkoffieochtend"],
     [("Koffieochtend voor mannen",), ("Koffieochtend voor ouderen",), ("Fietsles voor vrouwen",), ("Koffiemiddag voor vrouwen", "We 14:00-15:30")]),
    ("welzijn", "practical_help", "Mo-Fr 09:00-12:00", "Spreekuur sociaal raadslieden", "Vragen over uitkering, toeslag en recht.",
     ["Sociaal raadslieden spreekuur", "Sociaal Raadslieden: inloopspreekuur", "Spreekuur Sociaal Raadslieden Utrecht"],
     [("Spreekuur maatschappelijk werk",), ("Spreekuur wijkverpleegkundige",), ("Spreekuur sociaal raadslieden", "Th 18:00-20:00")]),
    ("welzijn", "nonformal", "Tu 13:00-15:00", "Fietsles voor vrouwen", "Leer fietsen met andere vrouwen.",
     ["Fietslessen voor vrouwen", "Vrouwen leren fietsen: fietsles", "Fietsles vrouwen Utrecht-Oost"],
     [("Fietsles voor kinderen",), ("Fietsles voor vrouwen gevorderden", "Th 13:00-15:00"), ("Zwemles voor vrouwen",)]),
    ("welzijn", "informal", "Fr 10:00-11:00", "Wandelgroep", "We lopen een uur door de wijk.",
     ["Wandelgroep Oost", "Wandelgroep Plantage", "De wandelgroep"],
     [("Fietsgroep",), ("Wandelgroep", "Mo 14:00-15:30"), ("Nordic walking", "Fr 10:00-11:00"), ("Wandelgroep langzaam", "Fr 11:00-12:00")]),
    ("welzijn", "practical_help", "We 13:30-16:00", "Hulp bij geldzaken", "Een vrijwilliger kijkt met je naar je geld.",
     ["Hulp bij je geldzaken", "Hulp bij geldzaken (vrijwilligers)", "Geldzaken: hulp"],
     [("Hulp bij formulieren",), ("Hulp bij verhuizen",), ("Hulp bij geldzaken voor jongeren", "Th 15:00-17:00"), ("Hulp bij belastingaangifte",)]),
    ("welzijn", "informal", "Tu 19:00-21:00", "Mantelzorgcafé", "Praten met andere mantelzorgers.",
     ["Mantelzorg café", "Café voor mantelzorgers: Mantelzorgcafé", "Mantelzorgcafe Utrecht Oost"],
     [("Alzheimer Café",), ("Rouwcafé",), ("Mantelzorglunch", "Th 12:00-13:00")]),
    ("welzijn", "informal", "Tu[2] 19:30-21:30", "Alzheimer Café", "Over dementie. Voor wie het heeft en voor familie.",
     ["Alzheimercafé", "Alzheimer Cafe Utrecht", "Alzheimer Café Oost"],
     [("Parkinson Café",), ("Alzheimer Trefpunt", "Mo 10:00-12:00"), ("Alzheimer theehuis",)]),
    ("taalhuis", "practical_help", "Mo 10:00-12:00; Th 14:00-16:00", "Inloopspreekuur Taalhuis", "Wij zoeken samen een taalles die bij je past.",
     ["Inloop spreekuur Taalhuis", "Taalhuis inloopspreekuur", "Spreekuur Taalhuis Eindhoven"],
     [("Inloopspreekuur computer",), ("Inloopspreekuur Taalhuis", "Sa 10:00-12:00"), ("Inloop Rekenhuis",)]),
    ("taalhuis", "nonformal", "Mo 19:00-21:00", "Nederlands voor beginners A1", "Taalles voor wie net begint.",
     ["Nederlandse les A1 (beginners)", "Nederlands beginners (A1)", "Nederlands voor beginners, niveau A1"],
     [("Nederlands voor beginners A2",), ("Nederlands voor gevorderden B1",), ("Engels voor beginners A1",), ("Spaans voor beginners A1",)]),
    ("taalhuis", "nonformal", "We 19:00-21:00", "Nederlands voor gevorderden B1", "Taalles voor wie al veel kan.",
     ["Nederlands gevorderden (B1)", "Nederlandse les voor gevorderden B1", "Taalles Nederlands gevorderden B1"],
     [("Nederlands voor gevorderden B2",), ("Nederlands voor beginners A1",), ("Nederlands schrijven B1",)]),
    ("taalhuis", "nonformal", "Fr 09:30-11:30", "Lezen en schrijven 1F", "Beter leren lezen en schrijven. Voor wie goed Nederlands praat.",
     ["Lezen & schrijven (1F)", "Beter lezen en schrijven 1F", "Cursus lezen en schrijven 1F"],
     [("Lezen en schrijven 2F",), ("Rekenen 1F",), ("Lezen en schrijven voor anderstaligen",)]),
    ("taalhuis", "informal", "Sa 11:00-12:00", "Taalwandeling", "We lopen en praten Nederlands.",
     ["Taal wandeling", "Wandelen en praten: taalwandeling", "Taalwandelingen Eindhoven"],
     [("Taallunch", "Sa 12:00-13:00"), ("Stadswandeling",), ("Taalwandeling", "We 10:00-11:00")]),
    ("taalhuis", "nonformal", "Tu 18:30-20:30", "Staatsexamen NT2 programma I", "Voorbereiding op het examen.",
     ["Staatsexamen NT2 I", "Voorbereiding Staatsexamen NT2, programma I", "NT2 Staatsexamen programma I"],
     [("Staatsexamen NT2 programma II",), ("Inburgeringsexamen",), ("Staatsexamen VWO",)]),
    ("school", "formal", "Mo-Th 09:00-12:00", "Opleiding Helpende Zorg en Welzijn", "Mbo niveau 2. Je krijgt een diploma.",
     ["Helpende Zorg en Welzijn (mbo 2)", "Helpende zorg & welzijn", "Opleiding Helpende Zorg en Welzijn niveau 2"],
     [("Opleiding Verzorgende IG",), ("Opleiding Helpende Plus",), ("Opleiding Maatschappelijke Zorg",)]),
    ("school", "formal", "Mo-Fr 09:00-15:00", "Entree-opleiding", "Mbo niveau 1, voor wie nog geen diploma heeft.",
     ["Entreeopleiding", "Entree opleiding (mbo 1)", "Entree-opleiding niveau 1"],
     [("Entree-opleiding horeca",), ("Schakelklas",), ("Internationale schakelklas",)]),
    ("school", "formal", "Tu,Th 18:30-21:00", "Vmbo-tl avondonderwijs", "Haal je diploma in de avond.",
     ["VMBO TL in de avond: avondonderwijs", "Avondonderwijs vmbo-tl", "vmbo tl avondonderwijs"],
     [("Havo avondonderwijs",), ("Vwo avondonderwijs",), ("Vmbo-tl dagonderwijs", "Mo-Fr 09:00-15:00")]),
    ("school", "nonformal", "We 18:30-20:30", "Basisvaardigheden rekenen", "Rekenen voor thuis en op het werk.",
     ["Rekenen (basisvaardigheden)", "Cursus basisvaardigheden rekenen", "Basisvaardigheden: rekenen"],
     [("Basisvaardigheden taal",), ("Basisvaardigheden digitaal",), ("Rekenen voor ouders",)]),
    ("school", "nonformal", "Mo 13:00-16:00", "Inburgering onderwijsroute", "Je leert Nederlands en gaat daarna studeren.",
     ["Onderwijsroute inburgering", "Inburgering: onderwijsroute", "Inburgering Onderwijsroute ROC"],
     [("Inburgering B1-route",), ("Inburgering Z-route",), ("Oriëntatie inburgering",)]),
    ("loket", "practical_help", "Mo-Fr 09:00-11:00", "Gratis juridisch advies", "Een jurist geeft je gratis advies.",
     ["Juridisch advies (gratis)", "Gratis juridisch advies Rotterdam", "Gratis juridisch advies bij het Juridisch Loket"],
     [("Gratis advies huurrecht",), ("Mediation",), ("Gratis juridisch advies ondernemers", "We 13:00-15:00")]),
    ("loket", "practical_help", "Tu 13:00-16:00", "Spreekuur huurrecht", "Over huur, huurbaas en onderhoud.",
     ["Huurrecht spreekuur", "Spreekuur over huurrecht", "Spreekuur Huurrecht (inloop)"],
     [("Spreekuur arbeidsrecht",), ("Spreekuur familierecht",), ("Spreekuur vreemdelingenrecht",)]),
    ("loket", "practical_help", "Th 13:00-16:00", "Spreekuur ontslag en werk", "Ben je ontslagen? Wij kijken naar je brief.",
     ["Ontslag en werk: spreekuur", "Spreekuur werk en ontslag", "Spreekuur ontslag & werk"],
     [("Spreekuur uitkering en werk",), ("Spreekuur scheiding en ontslag",), ("Cursus solliciteren",)]),
    ("kerk", "informal", "Tu 10:00-12:00", "Inloophuis De Bron", "Een open huis met koffie en een gesprek.",
     ["De Bron inloophuis", "Inloophuis de Bron (Zwolle)", "Inloop De Bron"],
     [("Inloophuis De Herberg",), ("Kledingbank De Bron",), ("Voedselbank Zwolle",)]),
    ("kerk", "practical_help", "Fr 13:00-15:00", "Voedselbank", "Eten voor wie weinig geld heeft.",
     ["Voedselbank Zwolle", "Uitgifte voedselbank", "De Voedselbank"],
     [("Kledingbank",), ("Speelgoedbank",), ("Voedselbank jongeren", "Mo 16:00-17:00"), ("Weggeefwinkel",)]),
    ("kerk", "practical_help", "Mo 19:00-20:30", "SchuldHulpMaatje", "Een maatje helpt je met je schulden.",
     ["Schuldhulpmaatje", "Schuld Hulp Maatje Zwolle", "SchuldHulpMaatje: hulp bij schulden"],
     [("Rouwmaatje",), ("Taalmaatje",), ("JobHulpMaatje",), ("SchuldHulpMaatje jongeren",)]),
    ("kerk", "nonformal", "We 09:30-11:00", "Taalles voor nieuwkomers", "Vrijwilligers geven les aan mensen die nieuw zijn.",
     ["Taallessen nieuwkomers", "Taalles nieuwkomers Zwolle", "Nederlandse taalles voor nieuwkomers"],
     [("Taalles voor ouders",), ("Taalles voor nieuwkomers", "Th 19:00-20:30"), ("Computerles voor nieuwkomers",)]),
    ("dorp", "informal", "We 14:00-16:00", "Bingo", "Elke woensdag bingo.",
     ["Bingomiddag", "Bingo in het dorpshuis", "Bingo 't Trefpunt"],
     [("Biljarten",), ("Bridge",), ("Bingo kinderen", "We 16:30-17:30")]),
    ("dorp", "informal", "Th 19:30-22:00", "Koersbal", "Een spel met ballen op de mat.",
     ["Koersballen", "Koersbal in 't Trefpunt", "Koersbal Goes"],
     [("Jeu de boules",), ("Klaverjassen",), ("Koersbal", "Tu 14:00-16:00")]),
    ("dorp", "practical_help", "Tu 10:00-11:30", "Computerhulp", "Neem je laptop of telefoon mee.",
     ["Computer hulp", "Hulp bij de computer: computerhulp", "Computerhulp (inloop)"],
     [("Computerhulp", "Th 19:00-20:30"), ("Telefoonhulp",), ("Computercursus beginners",)]),
    ("dorp", "nonformal", "Mo 20:00-21:30", "Conditietraining 55+", "Samen bewegen, rustig.",
     ["Conditietraining voor 55-plussers (55+)", "Conditie training 55+", "Conditietraining 55+ Goes"],
     [("Conditietraining 18+",), ("Yoga 55+",), ("Conditietraining 55+", "We 09:00-10:30")]),
    ("dorp", "informal", "Sa 09:00-11:00", "Weekmarkt koffie", "Koffie na de markt.",
     ["Koffie bij de weekmarkt", "Weekmarktkoffie", "Weekmarkt-koffie"],
     [("Koffie bij de kerk", "Su 11:00-12:00"), ("Weekmarkt",), ("Koffieconcert",)]),
    ("dorp", "informal", "Fr 20:00-22:00", "Zangkoor Zeeuwse Klanken", "Een koor voor iedereen.",
     ["Koor Zeeuwse Klanken", "Zangkoor \"Zeeuwse Klanken\"", "Zeeuwse Klanken (koor)"],
     [("Kinderkoor Zeeuwse Klanken",), ("Shantykoor",), ("Zangkoor Zeelandia",)]),
    ("buurt", "practical_help", "Th 14:00-16:00", "Belastinghulp", "Hulp bij de aangifte in het voorjaar.",
     ["Belasting hulp", "Hulp bij belastingaangifte: belastinghulp", "Belastinghulp Sneek"],
     [("Toeslagenhulp",), ("Huurdershulp",), ("Belastingspreekuur FNV", "Tu 19:00-21:00")]),
    ("buurt", "nonformal", "Mo 10:00-11:30", "Opvoeden doe je samen", "Ouders praten over hun kinderen.",
     ["Opvoeden doe je samen (oudergroep)", "Opvoeden: dat doe je samen", "Oudergroep Opvoeden doe je samen"],
     [("Opvoeden van pubers",), ("Opvoeden doe je samen pubers", "Th 19:30-21:00"), ("Samen spelen",)]),
    ("bieb", "informal", "Tu 19:30-21:30", "Leesclub", "We lezen een boek en praten erover.",
     ["Lees club", "Leesclub Veendam", "Leesclub in de bibliotheek"],
     [("Leesclub jongeren",), ("Filmclub",), ("Leesclub Gronings",), ("Schrijfclub",)]),
    ("welzijn", "informal", "Mo 16:00-17:30", "Huiswerkclub", "Kinderen maken hun huiswerk. Een vrijwilliger helpt.",
     ["Huiswerk club", "Huiswerkclub Oost", "Huiswerkclub voor kinderen"],
     [("Schaakclub",), ("Huiswerkclub", "We 13:30-15:00"), ("Huiswerkklas middelbare school", "Mo 16:00-17:30")]),
]


def record(number, source, house, kind, hours, title, text):
    organisation, street, house_number, postcode, place, lat, lon, phone = HOUSES[house]
    return {"id": f"{source}-{number}", "title": title, "description": text, "kind": kind, "organisation": organisation,
            "street": street, "house_number": house_number, "postcode": postcode, "place": place, "lat": lat, "lon": lon,
            "phone": phone, "opening_hours": hours}


def noise(record, turn):
    """How the other registration differs, beside its title."""
    how = turn % 6
    record = dict(record)
    if how == 0:  # telephone in another spelling, no coordinates
        record["phone"] = "+31 " + record["phone"].replace(" ", "")[1:] if record["phone"][:4] != "0800" else "0800-8020"
        del record["lat"], record["lon"]
    elif how == 1:  # no telephone, another text
        del record["phone"]
        record["description"] = "Kom gerust een keer langs. Iedereen is welkom."
    elif how == 2:  # nothing but an address and hours
        for name in ("description", "lat", "lon", "phone"):
            del record[name]
    elif how == 3:  # no hours, organisation in another spelling
        del record["opening_hours"]
        record["organisation"] = record["organisation"].replace("Stichting ", "").upper()
    elif how == 4:  # holidays and a position a few houses away, no postcode
        record["opening_hours"] += "; PH off"
        record["lat"], record["lon"] = record["lat"] + 0.0004, record["lon"] - 0.0004
        del record["postcode"]
    else:  # another organisation's name over the same door
        record["organisation"] = "Gemeente " + record["place"]
    return record


def pairs():
    number = 0
    for at, (house, kind, hours, title, text, same, others) in enumerate(OFFERINGS):
        # The development half is what the score was made with; the test half is not looked at while making it.
        half = "development" if at % 2 == 0 else "test"
        a = record(at, "a", house, kind, hours, title, text)
        for turn, other in enumerate(same):
            number += 1
            b = noise(record(number, "b", house, kind, hours, other, text), at + turn)
            yield {"same": True, "half": half, "a": a, "b": b}
        for turn, other in enumerate(others):
            number += 1
            b = record(number, "b", house, kind, (other[1:] or (hours,))[0], other[0], "" if turn % 2 else text)
            if turn % 3 == 1:
                b = noise(b, at + turn)
            yield {"same": False, "half": half, "a": a, "b": b}
        # The same title in another house: never the same.
        number += 1
        elsewhere = list(HOUSES)[(list(HOUSES).index(house) + 1) % len(HOUSES)]
        yield {"same": False, "half": half, "a": a, "b": record(number, "b", elsewhere, kind, hours, title, text)}


here = pathlib.Path(__file__).parent
lines = [json.dumps(pair, ensure_ascii=False) for pair in pairs()]
(here / "pairs.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
print(len(lines), sum('"same": true' in line for line in lines))
