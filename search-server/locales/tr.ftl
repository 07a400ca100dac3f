# A draft: a native reader has to look at it.

site-name = Yakınında öğrenme ve yardım
site-title = Sana yakın öğrenme ve yardım
skip = İçeriğe git
back = Geri
back-to-list = Listeye dön
error-title = { "Hata: " }
footer-privacy = Senin hakkında hiçbir şey saklamıyoruz. Çerez yok.
in-dutch = Bu metin Hollandacadır.
example = Örnek. Bu gerçekte yok.

start-intro = Daha iyi okumak, yazmak veya hesap yapmak ister misin? Ya da mektuplar veya telefonun için yardım mı arıyorsun? Yakınında ne olduğuna buradan bak.
start-choose = Ya da konuyu seç

search-label = Posta kodun nedir?
search-hint = 4 rakam ve 2 harf. 3512 AB gibi.
search-button = Ara
search-no-postcode = Posta kodunu bilmiyor musun? Şehrini seç.
here-button = Şu an olduğum yerde ara
here-wait = Nerede olduğuna bakıyoruz.
here-failed = Olmadı. Posta kodunu yaz.
error-empty = Posta kodunu yaz. 3512 AB gibi.
error-not-a-postcode = Bu bir posta kodu değil. Posta kodunda 4 rakam ve 2 harf var. 3512 AB gibi.
error-unknown-postcode = Bu posta kodunu bilmiyoruz. Doğru mu diye bak. Ya da şehrini seç.
error-unknown-place = Bu yeri bilmiyoruz. Adı doğru mu diye bak.
error-several-places = Bu adda birden çok yer var. Hangisi?

places-heading = Şehrini seç
places-label = Şehrinin veya köyünün adı ne?
places-hint = İlk harfleri yaz.
places-button = Yeri ara
places-which = Hangi yer?

choose-about = Konu ne?
choose-want = Ne istiyorsun?
choose-where = Nerede oturuyorsun?
choose-any = Henüz bilmiyorum
choose-any-meaning = Hepsini göster.

kind-formal = Diplomalı ders
kind-formal-meaning = Okula gidersin. Diploma alırsın.
kind-nonformal = Diplomasız ders veya alıştırma
kind-nonformal-meaning = Küçük bir grupta. Örneğin kütüphanede.
kind-informal = Birlikte bir şey yapmak
kind-informal-meaning = Yemek yapmak, yürümek veya konuşmak. Kendiliğinden öğrenirsin.
kind-practical_help = Bir konuda yardım
kind-practical_help-meaning = Biri sana yardım eder. Mektup, para veya bilgisayar için.

theme-language = Dil
theme-numeracy = Hesap
theme-digital = Bilgisayar ve telefon
theme-money = Para ve mektuplar
theme-work = İş
theme-health = Sağlık
theme-family = Çocuklar ve okul
theme-housing = Konut
theme-law = Hakların
theme-integration = Uyum
theme-meeting = İnsanlarla tanışmak
theme-government = Devlet

results-heading = { $n ->
    [one] { $place } yakınında 1 yer
   *[other] { $place } yakınında { $n } yer
}
results-order = Önce en yakını
results-area-wide = Senin için ayrıca: her yerde ve internette
nothing-heading = { $km } kilometre içinde bir şey bulamadık
nothing-narrowed = Bir seçimi kaldır. Ya da daha uzakta ara.
nothing-wider = Daha uzakta ara.
nothing-less = Bir seçimi kaldır.
nothing-at-all = Burada henüz bir şey yok.
nothing-library = Konuşmak mı istersin? Kütüphaneye git. Orada biri sana yardım eder.
search-within = { $km } kilometre içinde ara
corrected = Şimdi şunu arıyoruz: { $words }.
loosely = Hiçbir şey tüm kelimelerinize uymuyor. Bunlar bir kısmına uyuyor.
of-the-theme = Kelimelerinize uyan bir şey yok. Bunlar aynı konu hakkında.
widened = Çok yakında bir şey yok. Şimdi { $km } kilometreye kadar arıyoruz.
digits-only = Şimdi { $place } bölgesinin tamamında arıyoruz. 2 harfini de yaz. O zaman en yakını görürsün.
chosen-label = Seçtiklerin
chosen-remove = Kaldır:
chosen-remove-all = Hepsini kaldır
turn-label = Daha çok yer
turn-on = Daha çok yer
turn-back = Önceki yerler
turn-wide-on = Her yerde ve internette daha çok
turn-wide-back = Her yerde ve internette öncekiler
share-results = Bu listeyi paylaş
share = Paylaş
share-done = Bağlantı hazır. Yapıştırabilirsin.

distance-metres = { $n } metre
distance-kilometres = { $n } kilometre

filter-heading = Ne aradığını seç
filter-text = Bir kelime ara
filter-theme = Konu ne?
filter-kind = Ne istiyorsun?
filter-when = Ne zaman gelebilirsin?
filter-needs = Senin için ne önemli?
filter-for-whom = Kimin için?
filter-spoken = Orada hangi dil konuşuluyor?
feature-free = Ücretsiz
feature-walk_in = Hemen gelebilirsin
feature-daytime = Gündüz
feature-evening = Akşam
feature-weekend = Hafta sonu
feature-wheelchair = Tekerlekli sandalyeye uygun
feature-learners = Hollandaca öğreniyorum
feature-speakers = Zaten iyi Hollandaca konuşuyorum
feature-women = Kadınlar için
feature-parents = Anne babalar için
feature-lang_en = İngilizce
feature-lang_ar = Arapça
feature-lang_tr = Türkçe
feature-lang_pl = Lehçe
feature-lang_uk = Ukraynaca
feature-lang_fr = Fransızca
filter-within = Ne kadar uzakta?
filter-button = Göster

open-now = Şu an açık
open-until = Şu an açık, saat { $time } kadar
closed-until = Şu an kapalı. { $day } saat { $time } açılıyor
next-time = Bir sonraki: { $when }
times-unknown = Önce ara. Saatlerden emin değiliz.
today = Bugün
tomorrow = Yarın
date = { $day } { $month } { $weekday }
date-of-year = { $day } { $month } { $year }
hours = { $from }–{ $to }
hour = { $time }
slot = { $day }, { $hours }
slot-uncertain = { $day }, { $hours }. Önce ara.
weekday-0 = Pazartesi
weekday-1 = Salı
weekday-2 = Çarşamba
weekday-3 = Perşembe
weekday-4 = Cuma
weekday-5 = Cumartesi
weekday-6 = Pazar
month-1 = Ocak
month-2 = Şubat
month-3 = Mart
month-4 = Nisan
month-5 = Mayıs
month-6 = Haziran
month-7 = Temmuz
month-8 = Ağustos
month-9 = Eylül
month-10 = Ekim
month-11 = Kasım
month-12 = Aralık

cost-free = Ücretsiz
cost-ask = Ücreti sor.
start-walk_in = Hemen gelebilirsin.
start-call = Önce ara.
start-sign_up = Kayıt olman gerekiyor.
start-unknown = Nasıl başlayacağını sor.

detail-what = Burada ne yaparsın?
detail-for-whom = Kimin için?
detail-level = Seviye:
detail-when = Ne zaman?
detail-next = Sonraki günler:
week-heading = Her hafta:
week-closed = Kapalı
detail-where = Nerede?
detail-cost = Ücreti ne kadar?
detail-start = Nasıl başlarsın?
detail-nearby = Bu yerin yakınında ayrıca
detail-languages = Orada hangi dil konuşuluyor?
call = Ara
route = Yol tarifi
website = Web sitesine git
calendar = Takvimine ekle
read = Sesli oku
read-stop = Dur
checked = Bunu kontrol ettiğimiz tarih:
checked-old = Dikkat: uzun zaman oldu. Önce ara.
source = Bilginin kaynağı:

area-national = Bütün Hollanda
area-online = İnternette
area-telephone = Telefonla
area-province = { $name } ili
area-municipality = { $name } belediyesi
area-postcodes = Posta kodları { $name }

spoken-nl = Hollandaca
spoken-en = İngilizce
spoken-ar = Arapça
spoken-tr = Türkçe
spoken-pl = Lehçe
spoken-uk = Ukraynaca
spoken-fr = Fransızca
spoken-de = Almanca
spoken-es = İspanyolca
spoken-so = Somalice
spoken-ti = Tigrinya dili
spoken-fa = Farsça
spoken-zh = Çince
spoken-bg = Bulgarca
spoken-ro = Rumence
spoken-ru = Rusça

professional-heading = Uzmanlar için
professional-kind = Tür
professional-themes = Konu
professional-groups = Hedef grup
professional-level = Seviye
professional-intake = Kayıt
professional-municipality = Belediye
professional-hours = Saatler (OSM yazımı)
professional-number = Numara

print = Yazdır
print-card = Kart yazdır
card-heading = Kart
card-hint = Bu kartı yazdır. Birlikte kalemle doldurun.
card-ask-for = Kimi soracaksın:
card-appointment = Randevun:
card-from = Kimden:
card-called = Birlikte aradınız mı?
code-label = Telefonun için kod
code-text = Kodu telefonunla tara. Ya da şu adrese git:
short-which = Hangi yeri arıyorsun?

list-link = Listem ({ $n })
list-add = Listeme ekle
list-added = Listende
list-heading = Listem
list-empty = Listende henüz bir şey yok.
list-hint = Listeye 5 yer sığar. Yazdırabilirsin.
list-remove = Kaldır
list-clear = Listeyi boşalt

map-label = Harita
map-show = Haritayı göster
map-hint = Haritadaki bütün yerler listede de var.
map-alt = Listedeki yerlerin haritası.
map-alt-one = Bu yerin haritası.
map-place = Yer
map-in = Yaklaş
map-out = Uzaklaş

correction-link = Yanlış bir şey mi var? Bize söyle.
correction-heading = Yanlış bir şey mi var?
correction-label = Yanlış olan ne?
correction-hint = Örneğin: saat farklı.
correction-contact = Cevap ister misin?
correction-contact-hint = Telefonunu veya e-postanı yaz. Zorunlu değil.
correction-trap = Burayı boş bırak
correction-button = Gönder
correction-taken = Teşekkürler. Buna bakacağız.
correction-empty = Yanlış olanı yaz.
correction-too-long = Bu çok uzun. Kısalt.
correction-contact-too-long = Telefonun veya e-postan çok uzun.
correction-busy = Şu an çok yoğun. Sonra tekrar dene.

missing-heading = Bu sayfa yok
missing-text = Belki bu yer kapandı. Yakınında başka bir şey ara.
busy-heading = Şu an çok yoğun
busy-text = Biraz bekle. Yarım dakika sonra tekrar dene.

## In a page of somebody else

widget-busy = Arıyoruz.
widget-away = Arama şu an çalışmıyor.
widget-again = Tekrar dene
widget-site = Web sitesine git
widget-all = Bütün yerlere bak
widget-refused = Burada şu an arayamazsın.
widget-national = Bütün Hollanda’da ara

statement-link = Erişilebilirlik
statement-heading = Erişilebilirlik
statement-wish = Bu siteyi herkes kullanabilmeli. Bunun için çalışıyoruz.
statement-status-heading = Ne kadar ilerledik?
statement-status = Site kuralların bir kısmına uyuyor. Bu kuralların adı EN 301 549 ve WCAG 2.2, AA düzeyi. Henüz bağımsız bir inceleme yok. Bu C durumudur.
statement-tested-heading = Neyi test ettik?
statement-tested = Bir program her sayfayı her dilde test ediyor. Klavyeyle test ediyoruz. Ve dar bir ekranda.
statement-known-heading = Henüz iyi olmayan ne?
statement-known-content = Yerlerle ilgili metinler başkalarından geliyor. Bazıları zor.
statement-known-map = Harita ekran okuyucuyla iyi çalışmıyor. Bütün yerler listede de var.
statement-known-translations = Çeviriler henüz kontrol edilmedi.
statement-known-people = Engelli insanlar siteyi henüz test etmedi.
statement-trouble-heading = Bir şey çalışmıyor mu?
statement-trouble = Bize söyle. 2 hafta içinde cevap veririz.
statement-enforce = İyi bir cevap almadın mı? Ulusal ombudsmana git.
statement-date = Bu açıklama 24 Kasım 2026 tarihlidir.

## What becomes of visitors' data

privacy-link = Senin bilgilerin
privacy-heading = Senin bilgilerin
privacy-short = Kim olduğunu bilmiyoruz. Ne aradığını saklamıyoruz.
privacy-ask-heading = Posta kodunla ne yapıyoruz?
privacy-ask = Yakında ne olduğuna bakıyoruz. Sonra onu atıyoruz. Sözlerini de saklamıyoruz.
privacy-address = Posta kodun sayfanın bağlantısında durur. Bağlantıyı paylaşıyor musun? O zaman diğer kişi de posta kodunu görür.
privacy-here = Şu an olduğun yerde mi arıyorsun? Telefonun posta kodunu kendisi bulur. Bize yalnız dört rakam gelir.
privacy-never-heading = Ne yapmıyoruz?
privacy-never-cookies = Çerez yok.
privacy-never-device = Hangi cihazdan geldiğini yazmıyoruz.
privacy-never-others = Başkalarına hiçbir şey vermiyoruz.
privacy-never-account = Hesap açman gerekmez.
privacy-map = Haritayı senin için biz alırız. Haritayı yapan seni görmez.
privacy-count-heading = Ne sayıyoruz?
privacy-count = Bir günde ne kadar arandığını sayıyoruz. Kimin aradığını bilmiyoruz.
privacy-count-few = Posta kodunun dört rakamına göre sayıyoruz. 10’dan az mıydı? O zaman oraya yazmıyoruz.
privacy-write-heading = Bize bir şeyin yanlış olduğunu mu yazıyorsun?
privacy-write = O zaman mesajını saklıyoruz. Verirsen telefonunu veya e-postanı da. Böylece sana cevap verebiliriz.
privacy-write-gone = İş bitti mi? O zaman atıyoruz.
privacy-rights-heading = Bir şey sormak ister misin?
privacy-rights = Hakkında neyimiz olduğunu sorabilirsin. Atmamızı da isteyebilirsin.
privacy-enforce = İyi bir cevap almadın mı? Hollanda Kişisel Verileri Koruma Kurumu’na git.
privacy-date = Bu sayfa 25 Kasım 2026 tarihlidir.

## The pages of a library

variant-ask = Bize sor:
# $place is a postcode or the name of a place, $name that of a library.
outside-heading = { $place }, { $name } bölgesinde değil
outside-text = Bütün Hollanda’da arayabilirsin.
outside-link = Bütün Hollanda’da ara
closed-heading = { $name } sayfası şimdi kapalı
closed-text = Bütün Hollanda’da arayabilirsin.
embedded-all = Hepsine bak
