/** Occupations that come up often: ISCO-08 | fi | sv | en | ru. Names that differ by sex stand side by side. */
export const OCCUPATION_TABLE = `
X | ei ammattia, ei ole, ei koulutusta, ei tutkintoa | inget yrke, ingen, saknas | no occupation, none, no profession | нет, без профессии, нет профессии
1120 | toimitusjohtaja, johtaja | verkställande direktör, chef, direktör | managing director, director, manager, general manager | директор, руководитель, генеральный директор
1321 | tuotantopäällikkö, tehtaanjohtaja | produktionschef | production manager, factory manager | начальник производства
1412 | ravintolapäällikkö, ravintoloitsija | restaurangchef, restauratör | restaurant manager | управляющий рестораном, ресторатор
1420 | kaupanpitäjä, kauppias, yrittäjä, myymäläpäällikkö | köpman, handlare, företagare, butikschef | shop owner, shopkeeper, merchant, trader, entrepreneur, business owner, businessman, shop manager, store manager | предприниматель, торговец, владелец магазина
2111 | fyysikko | fysiker | physicist | физик
2113 | kemisti | kemist | chemist | химик
2131 | biologi | biolog | biologist | биолог
2132 | agronomi | agronom | agronomist | агроном
214 | insinööri, diplomi-insinööri | ingenjör, diplomingenjör | engineer | инженер
2142 | rakennusinsinööri | byggnadsingenjör, byggingenjör | civil engineer, construction engineer | инженер-строитель, строительный инженер
2144 | koneinsinööri | maskiningenjör | mechanical engineer | инженер-механик
2145 | öljyinsinööri, kemianinsinööri | kemiingenjör, petroleumingenjör | chemical engineer, petroleum engineer | инженер-химик, инженер-нефтяник
2151 | sähköinsinööri | elingenjör | electrical engineer | инженер-электрик
2161 | arkkitehti | arkitekt | architect | архитектор
2166 | graafinen suunnittelija, graafikko | grafisk formgivare, grafisk designer, grafiker | graphic designer, designer | графический дизайнер, дизайнер
221 | lääkäri | läkare | doctor, physician, medical doctor | врач, доктор
2212 | erikoislääkäri, kirurgi | specialistläkare, kirurg | specialist doctor, surgeon | хирург
2221 | erikoissairaanhoitaja, ylihoitaja | specialsjuksköterska | specialist nurse | старшая медсестра
3221 | sairaanhoitaja | sjukskötare, sjuksköterska | nurse, registered nurse | медсестра, медбрат, медицинская сестра
2222 | kätilö | barnmorska | midwife | акушерка
2250 | eläinlääkäri | veterinär | veterinarian, vet | ветеринар
2261 | hammaslääkäri | tandläkare | dentist | стоматолог, зубной врач
2262 | proviisori, apteekkari, farmaseutti | provisor, apotekare, farmaceut | pharmacist | фармацевт, провизор, аптекарь
2264 | fysioterapeutti | fysioterapeut | physiotherapist | физиотерапевт
2265 | ravitsemusterapeutti | näringsterapeut, dietist | dietitian, nutritionist | диетолог
2310 | yliopiston lehtori, yliopisto-opettaja, professori, tutkija | universitetslektor, universitetslärare, professor, forskare | university teacher, university lecturer, lecturer, professor, researcher | преподаватель вуза, профессор, преподаватель, исследователь
2341 | opettaja, luokanopettaja, peruskoulun opettaja | lärare, klasslärare, grundskollärare | teacher, primary school teacher, school teacher, class teacher | учитель, учительница, учитель начальных классов, педагог
2330 | aineenopettaja, lukion opettaja, matematiikan opettaja, englannin opettaja, kieltenopettaja | ämneslärare, gymnasielärare, matematiklärare, engelsklärare, språklärare | secondary school teacher, high school teacher, maths teacher, mathematics teacher, English teacher, language teacher | учитель математики, учитель английского языка
2320 | ammatillinen opettaja | yrkeslärare | vocational teacher | мастер производственного обучения
2342 | lastentarhanopettaja, varhaiskasvatuksen opettaja, päiväkodin opettaja | barnträdgårdslärare, lärare inom småbarnspedagogik | kindergarten teacher, preschool teacher | воспитатель, воспитательница, воспитатель детского сада
2411 | tilintarkastaja, kirjanpidon asiantuntija | revisor | auditor | аудитор
2431 | markkinoija, markkinoinnin asiantuntija | marknadsförare | marketing specialist, marketer | маркетолог
2512 | ohjelmistokehittäjä, ohjelmoija, ohjelmistosuunnittelija | programmerare, mjukvaruutvecklare, programutvecklare | software developer, programmer, software engineer, web developer, developer | программист, разработчик
2522 | it-asiantuntija, järjestelmäasiantuntija, verkkoasiantuntija, atk-asiantuntija | it-specialist, systemadministratör | it specialist, system administrator, network administrator, it engineer | системный администратор, айтишник, ИТ-специалист
2611 | asianajaja, juristi, lakimies | advokat, jurist | lawyer, advocate, attorney | юрист, адвокат
2631 | ekonomisti, ekonomi | ekonom, nationalekonom | economist | экономист
2634 | psykologi | psykolog | psychologist | психолог
2635 | sosiaalityöntekijä | socialarbetare | social worker | социальный работник, соцработник
2636 | imaami, pappi | imam, präst | imam, priest, clergyman | имам, священник
2641 | kirjailija | författare | writer, author | писатель
2642 | toimittaja, journalisti | journalist, redaktör | journalist, reporter, editor | журналист, журналистка, редактор
2643 | kääntäjä, tulkki | översättare, tolk | translator, interpreter | переводчик, переводчица
2651 | taiteilija, kuvataiteilija | konstnär | artist, painter (artist) | художник, художница
2652 | muusikko, laulaja | musiker, sångare | musician, singer | музыкант, певец
3112 | rakennusmestari, työnjohtaja, rakennustyönjohtaja | byggmästare, arbetsledare, förman | foreman, site supervisor, site manager, supervisor | прораб, мастер, бригадир
311 | teknikko | tekniker | technician | техник
3113 | sähköteknikko | eltekniker | electrical technician | техник-электрик
3118 | tekninen piirtäjä | teknisk ritare | draughtsman, draftsman | чертёжник
3211 | röntgenhoitaja | röntgenskötare | radiographer | рентгенолаборант
3212 | laborantti, laboratoriohoitaja, bioanalyytikko | laborant, laboratorieskötare, bioanalytiker | laboratory technician, lab technician | лаборант, лаборантка
3214 | hammasteknikko | tandtekniker | dental technician | зубной техник
3251 | suuhygienisti | munhygienist | dental hygienist | гигиенист
3313 | kirjanpitäjä | bokförare | bookkeeper, accountant | бухгалтер
3322 | myyntiedustaja, edustaja | försäljningsrepresentant, representant | sales representative, salesman | торговый представитель
3343 | johdon assistentti | chefssekreterare | executive assistant | ассистент руководителя
3355 | poliisi | polis | police officer, policeman | полицейский
3412 | sosiaaliohjaaja, ohjaaja | socialhandledare, handledare | social instructor, instructor | социальный педагог
3421 | jalkapalloilija, urheilija | fotbollsspelare, idrottare | football player, athlete | футболист, спортсмен
3422 | valmentaja, liikunnanohjaaja | tränare, idrottsinstruktör | coach, trainer, sports instructor | тренер
3431 | valokuvaaja | fotograf | photographer | фотограф
3434 | keittiömestari, keittiöpäällikkö | kökschef, köksmästare | chef, head chef | шеф-повар
4110 | toimistotyöntekijä, toimistosihteeri, sihteeri, virkailija | kontorsarbetare, kontorist, sekreterare, tjänsteman | office worker, clerk, secretary, office clerk, office assistant | секретарь, офисный работник, служащий, служащая
4211 | pankkivirkailija | banktjänsteman | bank clerk, bank teller | банковский служащий
4226 | vastaanottovirkailija, vastaanottoapulainen | receptionist | receptionist | администратор, регистратор
4321 | varastonhoitaja | lagerförvaltare, lagerskötare | storekeeper, stock clerk | заведующий складом, завскладом
4412 | postinjakaja, postinkantaja | brevbärare, postutdelare | postman, mail carrier, postal worker | почтальон
9333 | varastotyöntekijä, varastomies | lagerarbetare | warehouse worker, warehouseman | кладовщик, кладовщица, работник склада, складской рабочий
5120 | kokki, ravintolakokki | kock, kokerska | cook, restaurant cook | повар
5131 | tarjoilija | servitör, servitris, kypare | waiter, waitress | официант, официантка
5132 | baarimikko | bartender | bartender, barista | бармен, бариста
5141 | parturi, kampaaja, parturi-kampaaja | barberare, frisör, frisörska, hårfrisör | barber, hairdresser | парикмахер
5142 | kosmetologi | kosmetolog | cosmetologist, beautician | косметолог, маникюрша
5151 | siivoustyönohjaaja | städledare | cleaning supervisor | 
5153 | kiinteistönhoitaja, talonmies, huoltomies, vahtimestari | fastighetsskötare, gårdskarl, vaktmästare | caretaker, janitor, property maintenance worker | дворник, завхоз
5223 | myyjä, kaupan myyjä | försäljare, butiksbiträde, expedit | shop assistant, salesperson, sales assistant, seller, salesman (shop) | продавец, продавщица
5230 | kassatyöntekijä, kassanhoitaja, kassa | kassör, kassörska, kassabiträde | cashier | кассир
5245 | huoltoasematyöntekijä | bensinstationsarbetare | petrol station attendant | заправщик
5311 | lastenhoitaja, lastenhoitaja (päiväkoti) | barnskötare, barnvårdare | child carer, childminder, nanny, babysitter, childcare worker | няня
5312 | koulunkäynninohjaaja, koulunkäyntiavustaja | skolgångshandledare | teaching assistant, teacher's aide | помощник учителя
5321 | lähihoitaja, perushoitaja | närvårdare, primärskötare | practical nurse, care assistant, nurse assistant | младшая медсестра, санитар, санитарка
5322 | henkilökohtainen avustaja, kotiavustaja | personlig assistent, hemvårdare | personal assistant, home carer, carer | сиделка, личный помощник
5411 | palomies | brandman | firefighter | пожарный
5414 | vartija, turvamies | väktare, vakt, säkerhetsvakt | guard, security guard | охранник, сторож
6111 | maanviljelijä, maatyöläinen | jordbrukare, bonde, lantbrukare | farmer, farm worker | фермер, земледелец, крестьянин
6113 | puutarhuri | trädgårdsmästare | gardener | садовник
6121 | karjankasvattaja, karjanhoitaja, paimen | boskapsuppfödare, boskapsskötare, herde | livestock farmer, herder, shepherd | животновод, пастух
6210 | metsuri | skogshuggare, skogsarbetare | forest worker, lumberjack | лесоруб
6222 | kalastaja | fiskare | fisherman, fisher | рыбак
7111 | rakennustyöntekijä, rakennusmies, talonrakentaja | byggnadsarbetare, byggarbetare | construction worker, builder, building worker | строитель, строительный рабочий
7112 | muurari | murare | bricklayer, mason | каменщик
7114 | betonityöntekijä, raudoittaja | betongarbetare, armerare | concrete worker, steel fixer | бетонщик, арматурщик
7115 | kirvesmies, timpuri | timmerman | carpenter | плотник
7121 | kattoasentaja, peltiseppä (katto) | takläggare | roofer | кровельщик
7122 | laatoittaja, lattia-asentaja | plattsättare, golvläggare, kakelsättare | tiler, floor layer | плиточник
7123 | rappari, tasoittaja | rappare, gipsarbetare | plasterer | штукатур
7126 | putkiasentaja, putkimies, lvi-asentaja | rörmokare, rörläggare, vvs-montör | plumber, pipe fitter | сантехник, слесарь-сантехник
7127 | ilmastointiasentaja, kylmäasentaja | ventilationsmontör, kylmontör | air conditioning technician, refrigeration mechanic | мастер по кондиционерам
7131 | maalari, rakennusmaalari | målare, byggnadsmålare | painter, house painter | маляр
7132 | automaalari | billackerare | car painter | автомаляр
7212 | hitsaaja | svetsare | welder | сварщик, электросварщик
7213 | peltiseppä | plåtslagare | sheet metal worker, tinsmith | жестянщик
7221 | seppä | smed | blacksmith | кузнец
7223 | koneistaja, sorvaaja | maskinist (metall), svarvare, verkstadsarbetare | machinist, lathe operator | токарь, станочник
7231 | autonasentaja, automekaanikko, autokorjaaja | bilmekaniker, bilmontör | car mechanic, auto mechanic, vehicle mechanic, mechanic | автомеханик, автослесарь, механик
7233 | koneasentaja, mekaanikko | maskinmontör, mekaniker, reparatör | machine mechanic, industrial mechanic | слесарь, слесарь-ремонтник
7313 | kultaseppä, jalokiviseppä | guldsmed, juvelerare | goldsmith, jeweller | ювелир
7318 | kutoja, matonkutoja | vävare, mattvävare | weaver, carpet weaver | ткач, ткачиха, ковровщица
7322 | kirjapainotyöntekijä, painaja | tryckare, tryckeriarbetare | printer, printing worker | печатник
7411 | sähköasentaja, sähkömies | elektriker, elmontör, elinstallatör | electrician | электрик, электромонтёр, электромонтер
7421 | elektroniikka-asentaja | elektronikmontör | electronics mechanic, electronics technician | электронщик, радиомеханик
7422 | puhelinasentaja, kännykkäkorjaaja, puhelinkorjaaja, tietokonekorjaaja | telefonmontör, mobilreparatör, datorreparatör | mobile phone repairer, phone repairer, phone technician, computer repairer | мастер по ремонту телефонов
7511 | teurastaja, lihanleikkaaja | slaktare, styckare | butcher | мясник
7512 | leipuri, kondiittori, leipuri-kondiittori | bagare, konditor | baker, pastry cook, confectioner | пекарь, кондитер
7522 | puuseppä | snickare, möbelsnickare | cabinet maker, joiner, carpenter (joiner) | столяр, краснодеревщик
7531 | räätäli, vaatturi, muotisuunnittelija | skräddare, modedesigner | tailor, dressmaker, fashion designer | портной, портниха, закройщик
7533 | ompelija | sömmerska, sömmare | seamstress, sewer, sewing machine operator | швея
7534 | verhoilija | tapetserare | upholsterer | обивщик
7536 | suutari | skomakare | shoemaker, cobbler | сапожник
8131 | prosessityöntekijä | processarbetare | process worker, chemical plant operator | оператор производства, аппаратчик
8160 | elintarviketyöntekijä | livsmedelsarbetare | food factory worker, food worker | работник пищевого производства
8153 | tehdasompelija | industrisömmerska | garment factory worker | 
8157 | pesulatyöntekijä | tvätteriarbetare | laundry worker | работник прачечной
8219 | kokoonpanija, tehdastyöntekijä | montör, fabriksarbetare | assembler, factory worker | сборщик, рабочий завода, рабочий, рабочий на заводе
8321 | pakettiauton kuljettaja, lähetti | paketbilsförare, bud | van driver, courier, delivery driver | курьер, водитель-курьер
8322 | taksinkuljettaja, taksikuski, kuljettaja, autonkuljettaja | taxichaufför, taxiförare, chaufför, bilförare, förare | taxi driver, driver, car driver | таксист, водитель такси, водитель, шофёр, шофер
8331 | bussinkuljettaja, linja-autonkuljettaja, raitiovaununkuljettaja | busschaufför, bussförare | bus driver, tram driver | водитель автобуса
8332 | kuorma-autonkuljettaja, rekkakuski, rekkakuljettaja | lastbilschaufför, lastbilsförare | truck driver, lorry driver | водитель грузовика, дальнобойщик
8342 | kaivinkoneenkuljettaja, maanrakennuskoneen kuljettaja | grävmaskinist, grävmaskinsförare | excavator operator, excavator driver | экскаваторщик, тракторист
8343 | nosturinkuljettaja | kranförare | crane operator | крановщик
8344 | trukinkuljettaja | truckförare | forklift driver, forklift operator | водитель погрузчика
8350 | merimies | sjöman | sailor, seaman | моряк, матрос
9111 | kotiapulainen | hemhjälp, hembiträde | domestic helper, housemaid, housekeeper | домработница, домохозяйка
9112 | siivooja, laitoshuoltaja, toimitilahuoltaja | städare, städerska, lokalvårdare, anstaltsvårdare | cleaner, office cleaner | уборщик, уборщица
9122 | autonpesijä | biltvättare | car washer | мойщик машин
9211 | maataloustyöntekijä, marjanpoimija | lantbruksarbetare, bärplockare | agricultural worker, farm labourer, berry picker | сельскохозяйственный рабочий, сборщик ягод
9214 | puutarhatyöntekijä | trädgårdsarbetare | garden worker, gardener's assistant | садовый рабочий
9313 | rakennusapulainen, aputyöntekijä, rakennusavustaja | hjälparbetare, byggnadsbiträde | construction labourer, labourer, laborer | разнорабочий, подсобный рабочий
9321 | pakkaaja | packare | packer | упаковщик, упаковщица
9329 | tehdasapulainen | fabriksbiträde | factory labourer | 
9334 | hyllyttäjä | varuplockare | shelf filler, order picker | комплектовщик
9411 | pikaruokatyöntekijä, pizzanpaistaja | snabbmatsarbetare, pizzabagare | fast food worker, pizza maker, pizza baker | работник фастфуда, пиццмейкер
9412 | keittiöapulainen, tiskaaja, keittiötyöntekijä | köksbiträde, diskare, köksarbetare | kitchen helper, kitchen assistant, dishwasher | кухонный рабочий, посудомойщица, помощник повара
9520 | katukauppias | gatuförsäljare | street vendor, street seller | уличный торговец
9611 | jätteenkerääjä | sophämtare, renhållningsarbetare | garbage collector, refuse collector | мусорщик
9621 | mainosjakaja, lehdenjakaja | reklamutdelare, tidningsutdelare | leaflet distributor, newspaper deliverer | разносчик газет, разносчик рекламы
0310 | sotilas | soldat, militär | soldier | солдат, военный, военнослужащий
S | opiskelija, koululainen | studerande, student, elev | student, pupil | студент, студентка, ученик
H | kotiäiti, kotirouva | hemmafru | housewife | домохозяйка
`;
