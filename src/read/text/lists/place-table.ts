/** Towns that newcomers name as their place of birth: spellings in use in Finnish, Swedish and English, one town a line. */
export const BIRTH_PLACES = `
Bagdad, Baghdad
Basra, Al-Basra, Basrah
Mosul
Kirkuk
Erbil, Arbil, Hewler
Sulaimaniya, Sulaymaniyah, Sulaimani, Slemani
Duhok, Dohuk
Najaf, Al-Najaf
Karbala, Kerbala
Nasiriya, Nasiriyah
Hilla, Hillah
Ramadi
Falluja, Fallujah
Tikrit
Baquba, Baqubah
Samarra
Diwaniya, Diwaniyah
Amara, Amarah
Halabja
Zakho
Damaskos, Damaskus, Damascus
Aleppo
Homs
Hama
Idlib
Latakia, Lattakia
Tartus
Deir ez-Zor
Raqqa
Daraa, Deraa
Qamishli, Al-Qamishli
Hasakah, Al-Hasakah
Kobane, Kobani
Afrin
Manbij
Kabul
Herat
Mazar-i-Sharif, Mazar-e-Sharif
Kandahar
Ghazni
Bamyan, Bamian
Jalalabad
Kunduz
Baghlan
Balkh
Badakhshan
Parwan
Wardak
Logar
Helmand
Teheran, Tehran
Isfahan
Mashhad
Shiraz
Tabriz
Qom
Karaj
Ahvaz, Ahwaz
Sanandaj
Kermanshah
Urmia
Rasht
Mahabad
Ilam
Abadan
Mogadishu, Mogadiscio
Hargeisa
Kismayo
Galkayo
Bosaso
Baidoa
Beledweyne
Merka
Garowe
Burao
Berbera
Jowhar
Afgoye
Asmara
Keren
Massawa
Mendefera
Assab
Dekemhare
Barentu
Addis Abeba, Addis Ababa
Dire Dawa
Jijiga
Mekele, Mekelle
Khartum, Khartoum
Omdurman
Nairobi
Kampala
Kinshasa
Goma
Bukavu
Kigali
Lagos
Kano
Accra
Dakar
Banjul
Yaoundé, Yaounde
Douala
Ankara
Istanbul
Izmir
Diyarbakir, Diyarbakır
Mardin
Gaziantep
Adana
Van
Batman
Konya
Antalya
Kiova, Kiev, Kyiv
Harkova, Charkiv, Kharkiv
Odessa, Odesa
Lviv
Mariupol
Herson, Cherson, Kherson
Dnipro
Zaporižžja, Zaporizhzhia
Donetsk
Luhansk
Mykolajiv, Mykolaiv
Pietari, Sankt Petersburg, St Petersburg, Saint Petersburg
Moskova, Moskva, Moscow
Petroskoi, Petrozavodsk
Murmansk
Viipuri, Viborg, Vyborg
Groznyi, Groznyj, Grozny
Tallinna, Tallinn
Riika, Riga
Vilna, Vilnius
Minsk
Tbilisi
Jerevan, Yerevan
Baku
Taškent, Tashkent
Dušanbe, Dushanbe
Almaty
Beirut
Amman
Kairo, Cairo
Alexandria
Tripoli
Tunis
Casablanca
Rabat
Alger, Algiers
Gaza
Sana'a, Sanaa
Riad, Riyadh
Dubai
Kuwait
Islamabad
Karachi
Lahore
Peshawar
Quetta
Delhi
Mumbai
Dhaka
Kathmandu
Colombo
Bangkok
Hanoi
Manila
Peking, Beijing
Pristina, Prishtina
Prizren
Tirana
Skopje
Belgrad, Belgrade
Sarajevo
Helsinki, Helsingfors
Tukholma, Stockholm
`;

/** Names with å or an accent that are common among the people who fill in or help with forms; proves the accent, not the person. */
export const ACCENTED_NAMES = `
Åsa Åke Håkan Pål Måns Åberg Ågren Åkerman Åkesson Åström Åhman Åkerblom Ståhl Ståhlberg Gård Gårdström Lindgård Nygård Nygårds Sjögård Bågman Sandås Norrgård Södergård Österlund Öhman Öberg Ödman Östman Ölander Öhberg
Björn Björk Björkman Björklund Björkqvist Göran Jörgen Sören Börje Görel Märta Pär Lindström Nordström Bergström Söderholm Söderström Söderlund Söderberg Sjöberg Sjöblom Sjöholm Sjöström Forsström Backström Blomström Ekström Hagström Hellström Holmström Wikström Engström Högström Malmström Sandström Sundström Rönnqvist Rönnberg Grönroos Grönlund Grönholm Lönnqvist Lönnroth Löfgren Löfström Lövström Höglund Högnäs Röman Mörn Törnqvist Törnroos Näsman Järvinen
Jääskeläinen Hämäläinen Mäkelä Mäki Mäkinen Heikkilä Heikkinen Järvinen Järvelä Lähteenmäki Väisänen Väänänen Vänskä Räsänen Räty Kärkkäinen Kähkönen Tähtinen Pöllänen Pöyhönen Rönkkö Töyrylä Löppönen Höylä Hänninen Jokela Mattila Ylönen Yrjölä Yrjö Väinö Päivi Päivikki Pärttyli Sähkö Eerikäinen Pitkänen Turtiainen Miettinen Leppänen Seppälä Rantala Ahtiainen Karjalainen Kämäräinen Kettunen Häkkinen Häkämies Härkönen Hiltunen Sääksjärvi Säde Säynäjoki Jäntti Jäppinen Jämsä Käyhkö Käpylä Läntinen Lämsä Pääkkönen Pesonen Sillanpää Kivimäki Koivumäki Peltomäki Niemelä Nieminen Kuismanen Östring Tyrväinen Ylä-Outinen Pylkkänen Mykkänen Mönkkönen Mänttäri Myllymäki Myllylä Nyyssönen Närhi Määttä Möttönen Pöntinen Pöysti Rämö Röyttä Sutinen Syrjälä Särkkä Sirviö Tuppurainen Tähkä Törmä Törmänen Vähätalo Vähämäki Väyrynen Vääräniemi Väisälä
`;

/** Names whose usual spelling has a letter that neither reader knows: without it the reading is doubtful. */
export const UNREADABLE_NAMES = `
Ayşe Şahin Şeker Şen Şimşek Şirin Şerif Yıldız Yılmaz Yıldırım Çelik Çetin Çiçek Kılıç Işık Güneş Gülşen Aydın Altın Barış Beşir Büşra Doğan Erdoğan Gökçe Koç Koçak Oğuz Savaş Taş Tuğçe Uğur Yağmur Yiğit Ağa Başak Demirtaş Aktaş Kaçar Sarıkaya Şivan Şêrko Žarko Živko Šarić Đorđević Petrović Jovanović Nikolić Marković Ilić Stojanović Çelaj Škoda Šimić Kovačević Ivanović Łukasz Paweł Michał Żaneta Ștefan Ștefania
`;

/** Ends of streets, places and words that are always spelled with these accents; short ones that names end in by chance are left out. */
export const ACCENTED_TAILS = `
vägen gränd gränden stråket ängen åkern åsen bäcken sjön mäki mäen mäentie mäenkatu mäenkuja järvi järven järventie järvenkatu
kylä kylän kyläntie metsä metsän metsäntie metsätie lähteentie lähdekatu päivä pääty päädyntie
läinen läiset stället förläggning förläggningen rådet
`;
