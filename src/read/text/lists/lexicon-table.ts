/**
 * Words of phrases that people write on the form, in Finnish, Swedish, English and Russian.
 *
 * A word that stands here is known to be spelled with just these accents: "määräaikainen" cannot be "maaraaikainen".
 * The list proves letters, never meaning; a word that is not here is not wrong.
 */
export const PHRASE_WORDS = `
türkiye turkiye
sota sodan sotaa muutto muuton muutti muuttaa pako pakeni maasta määräaikainen määräaikaisuus päättyi päättyminen työsuhde
opinnot opiskelu opiskelut sairaus sairastui irtisanominen irtisanottiin irtisanoutui konkurssi yritys lopetti lopetettiin
vanhempainvapaa äitiysloma perhesyyt perhe lapset lasten turvattomuus turvallisuus tilanne vaino kausityö kausi loppui
työt vähenivät tehdas suljettiin suljettu muu syy oma pyyntö toiveesta vapaaehtoinen eläke lomautus
krig kriget flytt flyttade flykt flydde visstid visstidsanställning studier sjukdom uppsägning uppsagd sade upp konkurs
företaget lade ned nedlagd stängdes familjeskäl föräldraledighet osäkerhet säsongsarbete säsong slutade annan orsak egen begäran permittering
war fled the country moved moving fixed term contract ended end of studies illness company closed dismissed resigned redundancy
bankruptcy family reasons maternity leave parental insecurity security season seasonal work other reason own request laid off
война войны переезд переехал переехала бегство страны болезнь учёба учеба увольнение уволен уволена фирма закрылась закрыта
срочный договор окончание контракта семейные обстоятельства декрет сокращение банкротство сезонная работа
ei osaa lukea eikä kirjoittaa latinalaisilla aakkosilla tavoitettavissa parhaiten tekstiviestillä puhelimitse sähköpostilla
kielitesti tehty vastaanottokeskuksessa muuttaa kuntaan ensi kuussa osoite ilmoitetaan puoliso ilmoittautuu samalla samaan aikaan
tarvitsee tulkin tulkki tulkkia nainen mies mieluiten naistulkki lastenhoito järjestetty hoito raskaana terveydentila
maken hustrun anmäler sig samtidigt kan inte läsa eller skriva med latinska bokstäver alfabetet nås bäst per telefon sms textmeddelande
språktest gjort på förläggningen språktestet flyttar till kommunen nästa månad adressen meddelas behöver tolk kvinnlig manlig
spouse registers at same time cannot read or write latin alphabet best reached by text message language test taken centre center
to municipality next month address will be given needs an interpreter female male phone email preferred
не умеет читать и писать латиницей языковой тест пройден лучше связываться по смс переезжает в муниципалитет следующем месяце
супруг супруга регистрируется одновременно адрес сообщим нужен переводчик
alkeet perusteet alkeita hyvä hyvin tyydyttävä tyydyttävästi kohtalainen kohtalaisesti heikko vähän erinomainen sujuva äidinkieli
taso puhuu ymmärtää lukee kirjoittaa
grunder grundnivå god bra nöjaktig nöjaktigt svag lite utmärkt flytande modersmål nivå tillfredsställande
basic good fair fluent excellent weak little poor elementary intermediate advanced beginner native level moderate
начальный средний хороший свободный базовый слабый отличный уровень родной немного хорошо свободно
vastaanottokeskus vastaanottokeskuksen kaupunki kaupungin kunta kunnan maahanmuuttajapalvelut maahanmuuttopalvelut kotouttamispalvelut
sosiaalitoimisto sosiaalipalvelut vok spr punainen risti ohjaaja sosiaaliohjaaja järjestelykeskus säilöönottoyksikkö
helsingin espoon vantaan kauniaisten keravan järvenpään tuusulan nurmijärven hyvinkään mäntsälän sipoon porvoon loviisan kirkkonummen
siuntion inkoon raaseporin hangon lohjan karkkilan vihdin turun tampereen oulun lahden kuopion jyväskylän porin kouvolan joensuun
lappeenrannan hämeenlinnan vaasan seinäjoen rovaniemen mikkelin kotkan salon kokkolan kajaanin rauman riihimäen imatran savonlinnan
forssan hollolan
förläggning flyktingförläggning mottagningscentral stad staden kommun kommunen invandrarservice integrationstjänster röda korset
reception centre center city municipality immigrant services integration red cross social office refugee
esimerkki exempel example oy ab ky tmi ry ltd co company inc construction trading restaurant ravintola restaurang hotel hotelli hotell
hospital school bakery market shop store port metro telecom textile motors auto service taxi farm family own oma yritys eget företag
ministry of education health international central university factory ministeriö sairaala koulu leipomo kauppa tehdas pesula
siivous kiinteistö rakennus rakennusliike kuljetus logistics cleaning food foods general public
city bazaar red sea nordic
`;
