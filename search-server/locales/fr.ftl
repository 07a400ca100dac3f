# A draft: a native reader has to look at it.

site-name = Apprendre et trouver de l’aide près d’ici
site-title = Apprendre et trouver de l’aide près de chez vous
skip = Aller au contenu
back = Retour
back-to-list = Retour à la liste
error-title = { "Erreur : " }
footer-privacy = Nous ne gardons rien sur vous. Il n’y a pas de cookies.
in-dutch = Ce texte est en néerlandais.
example = Exemple. Cela n’existe pas vraiment.

start-intro = Voulez-vous mieux lire, écrire ou compter ? Ou cherchez-vous de l’aide pour vos lettres ou votre téléphone ? Regardez ce qu’il y a près d’ici.
start-choose = Ou choisissez le sujet

search-label = Quel est votre code postal ?
search-hint = 4 chiffres et 2 lettres. Comme 3512 AB.
search-button = Chercher
search-no-postcode = Vous ne connaissez pas votre code postal ? Choisissez votre ville.
here-button = Chercher là où je suis
here-wait = Nous regardons où vous êtes.
here-failed = Cela ne marche pas. Écrivez votre code postal.
error-empty = Écrivez votre code postal. Comme 3512 AB.
error-not-a-postcode = Ce n’est pas un code postal. Un code postal a 4 chiffres et 2 lettres. Comme 3512 AB.
error-unknown-postcode = Nous ne connaissons pas ce code postal. Vérifiez-le. Ou choisissez votre ville.
error-unknown-place = Nous ne connaissons pas cette ville. Vérifiez le nom.
error-several-places = Plusieurs villes ont ce nom. Laquelle voulez-vous ?

places-heading = Choisissez votre ville
places-label = Comment s’appelle votre ville ou village ?
places-hint = Écrivez les premières lettres.
places-button = Chercher la ville
places-which = Quelle ville voulez-vous ?

choose-about = De quoi s’agit-il ?
choose-want = Que voulez-vous ?
choose-where = Où habitez-vous ?
choose-any = Je ne sais pas encore
choose-any-meaning = Montrez tout.

kind-formal = Cours avec diplôme
kind-formal-meaning = Vous allez à l’école. Vous recevez un diplôme.
kind-nonformal = Cours ou exercices, sans diplôme
kind-nonformal-meaning = En petit groupe. Par exemple à la bibliothèque.
kind-informal = Faire quelque chose ensemble
kind-informal-meaning = Cuisiner, marcher ou parler. On apprend sans y penser.
kind-practical_help = Aide pour une question
kind-practical_help-meaning = Quelqu’un vous aide. Pour une lettre, l’argent ou l’ordinateur.

theme-language = Langue
theme-numeracy = Calcul
theme-digital = Ordinateur et téléphone
theme-money = Argent et lettres
theme-work = Travail
theme-health = Santé
theme-family = Enfants et école
theme-housing = Logement
theme-law = Vos droits
theme-integration = Intégration
theme-meeting = Rencontrer des gens
theme-government = L’administration

results-heading = { $n ->
    [one] { $n } lieu près de { $place }
   *[other] { $n } lieux près de { $place }
}
results-order = Le plus proche d’abord
results-area-wide = Aussi pour vous : partout et en ligne
nothing-heading = Nous ne trouvons rien dans un rayon de { $km } kilomètres
nothing-narrowed = Enlevez un choix. Ou cherchez plus loin.
nothing-wider = Cherchez plus loin.
nothing-less = Enlevez un choix.
nothing-at-all = Il n’y a encore rien ici.
nothing-library = Vous préférez parler ? Allez à la bibliothèque. Quelqu’un vous y aide.
search-within = Chercher dans un rayon de { $km } kilomètres
corrected = Nous cherchons maintenant : { $words }.
loosely = Rien ne va avec tous vos mots. Voici ce qui va avec une partie.
of-the-theme = Rien ne va avec vos mots. Voici ce qui parle du même sujet.
widened = Il n’y a rien tout près. Nous cherchons jusqu’à { $km } kilomètres.
digits-only = Nous cherchons dans tout { $place }. Ajoutez vos 2 lettres. Vous verrez alors le plus proche.
chosen-label = Vous avez choisi
chosen-remove = Enlever :
chosen-remove-all = Tout enlever
turn-label = Plus de lieux
turn-on = Plus de lieux
turn-back = Lieux précédents
turn-wide-on = Plus d’offres partout et en ligne
turn-wide-back = Offres précédentes partout et en ligne
share-results = Partager cette liste
share = Partager
share-done = Le lien est prêt. Vous pouvez le coller.

distance-metres = { $n } mètres
distance-kilometres = { $n } kilomètres

filter-heading = Choisissez ce que vous cherchez
filter-text = Chercher un mot
filter-theme = De quoi s’agit-il ?
filter-kind = Que voulez-vous ?
filter-when = Quand pouvez-vous ?
filter-needs = Qu’est-ce qui est important ?
filter-for-whom = Pour qui ?
filter-spoken = Quelle langue parle-t-on là-bas ?
feature-free = Gratuit
feature-walk_in = Sans rendez-vous
feature-daytime = En journée
feature-evening = Le soir
feature-weekend = Le week-end
feature-wheelchair = Accessible en fauteuil roulant
feature-learners = J’apprends le néerlandais
feature-speakers = Je parle déjà bien néerlandais
feature-women = Pour les femmes
feature-parents = Pour les parents
feature-lang_en = Anglais
feature-lang_ar = Arabe
feature-lang_tr = Turc
feature-lang_pl = Polonais
feature-lang_uk = Ukrainien
feature-lang_fr = Français
filter-within = À quelle distance ?
filter-button = Montrer

open-now = Ouvert maintenant
open-until = Ouvert maintenant jusqu’à { $time }
closed-until = Fermé maintenant. { $day } ouvert à { $time }
next-time = Prochaine fois : { $when }
times-unknown = Appelez d’abord. Nous ne sommes pas sûrs des heures.
today = Aujourd’hui
tomorrow = Demain
date = { $weekday } { $day } { $month }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to }
hour = { $time }
slot = { $day }, { $hours }
slot-uncertain = { $day }, { $hours }. Appelez d’abord.
weekday-0 = Lundi
weekday-1 = Mardi
weekday-2 = Mercredi
weekday-3 = Jeudi
weekday-4 = Vendredi
weekday-5 = Samedi
weekday-6 = Dimanche
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

cost-free = Gratuit
cost-ask = Demandez le prix.
start-walk_in = Venez sans rendez-vous.
start-call = Appelez d’abord.
start-sign_up = Il faut s’inscrire.
start-unknown = Demandez comment commencer.

detail-what = Que fait-on ici ?
detail-for-whom = Pour qui ?
detail-level = Niveau :
detail-when = Quand ?
detail-next = Les prochaines fois :
week-heading = Chaque semaine :
week-closed = Fermé
detail-where = Où ?
detail-cost = Combien ça coûte ?
detail-start = Comment commencer ?
detail-nearby = Aussi près de ce lieu
detail-languages = Quelle langue parle-t-on là-bas ?
call = Appeler
route = Itinéraire
website = Aller au site
calendar = Mettre dans votre agenda
read = Lire à voix haute
read-stop = Arrêter
checked = Nous avons vérifié cela le
checked-old = Attention : c’est il y a longtemps. Appelez d’abord.
source = Nous le savons de :

area-national = Tous les Pays-Bas
area-online = Sur internet
area-telephone = Par téléphone
area-province = Province de { $name }
area-municipality = Commune de { $name }
area-postcodes = Codes postaux { $name }

spoken-nl = Néerlandais
spoken-en = Anglais
spoken-ar = Arabe
spoken-tr = Turc
spoken-pl = Polonais
spoken-uk = Ukrainien
spoken-fr = Français
spoken-de = Allemand
spoken-es = Espagnol
spoken-so = Somali
spoken-ti = Tigrinya
spoken-fa = Farsi
spoken-zh = Chinois
spoken-bg = Bulgare
spoken-ro = Roumain
spoken-ru = Russe

professional-heading = Pour les professionnels
professional-kind = Type
professional-themes = Thème
professional-groups = Groupe cible
professional-level = Niveau
professional-intake = Inscription
professional-municipality = Commune
professional-hours = Heures (notation OSM)
professional-number = Numéro

print = Imprimer
print-card = Imprimer une fiche
card-heading = Fiche
card-hint = Imprimez cette fiche. Remplissez-la ensemble au stylo.
card-ask-for = Demandez :
card-appointment = Votre rendez-vous :
card-from = De la part de :
card-called = Appelé ensemble ?
code-label = Code pour votre téléphone
code-text = Scannez le code avec votre téléphone. Ou allez à :
short-which = Quel lieu voulez-vous ?

list-link = Ma liste ({ $n })
list-add = Mettre sur ma liste
list-added = Sur votre liste
list-heading = Ma liste
list-empty = Il n’y a encore rien sur votre liste.
list-hint = La liste a 5 places. Vous pouvez l’imprimer.
list-remove = Enlever
list-clear = Vider la liste

map-label = Carte
map-show = Montrer la carte
map-hint = Tous les lieux de la carte sont aussi dans la liste.
map-alt = Carte avec les lieux de la liste.
map-alt-one = Carte avec ce lieu.
map-place = Lieu
map-in = Plus près
map-out = Plus loin

correction-link = Quelque chose est faux ? Dites-le-nous.
correction-heading = Quelque chose est faux ?
correction-label = Qu’est-ce qui est faux ?
correction-hint = Par exemple : l’heure est différente.
correction-contact = Voulez-vous une réponse ?
correction-contact-hint = Écrivez votre téléphone ou e-mail. Ce n’est pas obligatoire.
correction-trap = Laissez ceci vide
correction-button = Envoyer
correction-taken = Merci. Nous allons regarder.
correction-empty = Écrivez ce qui est faux.
correction-too-long = C’est trop long. Faites plus court.
correction-contact-too-long = Votre téléphone ou e-mail est trop long.
correction-busy = Il y a trop de monde. Réessayez plus tard.

missing-heading = Cette page n’existe pas
missing-text = Ce lieu a peut-être arrêté. Cherchez autre chose près d’ici.
busy-heading = Il y a beaucoup de monde en ce moment
busy-text = Attendez un peu. Réessayez dans une demi-minute.

## In a page of somebody else

widget-busy = Nous cherchons.
widget-away = La recherche ne marche pas maintenant.
widget-again = Essayer encore
widget-site = Aller sur le site
widget-all = Voir tous les lieux
widget-refused = On ne peut pas chercher ici maintenant.
widget-national = Chercher dans tous les Pays-Bas

statement-link = Accessibilité
statement-heading = Accessibilité
statement-wish = Tout le monde doit pouvoir utiliser ce site. Nous y travaillons.
statement-status-heading = Où en sommes-nous ?
statement-status = Le site suit une partie des règles. Ces règles s’appellent EN 301 549 et WCAG 2.2, niveau AA. Il n’y a pas encore d’examen indépendant. C’est le statut C.
statement-tested-heading = Qu’avons-nous testé ?
statement-tested = Un programme teste chaque page dans chaque langue. Nous testons avec le clavier. Et sur un écran étroit.
statement-known-heading = Qu’est-ce qui n’est pas encore bien ?
statement-known-content = Les textes sur les lieux viennent d’autres personnes. Ils sont parfois difficiles.
statement-known-map = La carte marche mal avec un lecteur d’écran. Tous les lieux sont aussi dans la liste.
statement-known-translations = Les traductions ne sont pas encore vérifiées.
statement-known-people = Des personnes avec un handicap n’ont pas encore testé le site.
statement-trouble-heading = Quelque chose ne marche pas ?
statement-trouble = Dites-le-nous. Nous répondons dans les 2 semaines.
statement-enforce = Pas de bonne réponse ? Allez chez le médiateur national.
statement-date = Cette déclaration est du 24 novembre 2026.

## What becomes of visitors' data

privacy-link = Vos données
privacy-heading = Vos données
privacy-short = Nous ne savons pas qui vous êtes. Nous ne gardons pas ce que vous cherchez.
privacy-ask-heading = Que faisons-nous de votre code postal ?
privacy-ask = Nous regardons ce qu’il y a près de chez vous. Ensuite nous le jetons. Nous ne gardons pas vos mots non plus.
privacy-address = Votre code postal est dans le lien de la page. Vous partagez ce lien ? Alors l’autre personne voit aussi votre code postal.
privacy-here = Vous cherchez là où vous êtes ? Votre téléphone trouve lui-même le code postal. Nous recevons seulement les quatre chiffres.
privacy-never-heading = Que ne faisons-nous pas ?
privacy-never-cookies = Il n’y a pas de cookies.
privacy-never-device = Nous n’écrivons pas quel appareil vous utilisez.
privacy-never-others = Nous ne donnons rien à d’autres.
privacy-never-account = Vous n’avez pas besoin de compte.
privacy-map = Nous cherchons la carte pour vous. Celui qui fait la carte ne vous voit pas.
privacy-count-heading = Que comptons-nous ?
privacy-count = Nous comptons par jour combien de fois les gens cherchent quelque chose. Nous ne savons pas qui.
privacy-count-few = Nous comptons par les quatre chiffres du code postal. C’était moins de 10 fois ? Alors nous ne l’écrivons pas là.
privacy-write-heading = Vous nous écrivez que quelque chose est faux ?
privacy-write = Alors nous gardons votre message. Et votre téléphone ou e-mail, si vous le donnez. Ainsi nous pouvons répondre.
privacy-write-gone = C’est fini ? Alors nous le jetons.
privacy-rights-heading = Vous voulez demander quelque chose ?
privacy-rights = Vous pouvez demander ce que nous avons sur vous. Vous pouvez aussi demander de le jeter.
privacy-enforce = Pas de bonne réponse ? Allez chez l’autorité néerlandaise de protection des données.
privacy-date = Cette page est du 25 novembre 2026.

## The pages of a library

variant-ask = Demande-nous :
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place } n’est pas dans la région de { $name }
outside-text = Tu peux chercher dans tous les Pays-Bas.
outside-link = Chercher dans tous les Pays-Bas
closed-heading = La page de { $name } est fermée en ce moment
closed-text = Tu peux chercher dans tous les Pays-Bas.
embedded-all = Voir tout
