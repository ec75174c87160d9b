/** Country → cities, each with its area and the beginning of its postal code; a second name where the city has two. */
export interface Place {
  readonly city: string;
  readonly otherName: string | null;
  readonly area: string;
  readonly postal: string;
  readonly country: string;
}

const TABLE: Readonly<Record<string, string>> = {
  us: 'New York,NY,100 Los Angeles,CA,900 Chicago,IL,606 Houston,TX,770 Phoenix,AZ,850 Philadelphia,PA,191 Austin,TX,787 Seattle,WA,981 Denver,CO,802 Boston,MA,021 Atlanta,GA,303 San Francisco,CA,941 San Diego,CA,921 Portland,OR,972 Minneapolis,MN,554 Springfield,IL,627',
  gb: 'London,England,SW1 Manchester,England,M1 Birmingham,England,B1 Leeds,England,LS1 Glasgow,Scotland,G1 Edinburgh,Scotland,EH1 Bristol,England,BS1 Cardiff,Wales,CF1 Belfast,Northern Ireland,BT1',
  in: 'Mumbai/Bombay,Maharashtra,400 Bengaluru/Bangalore,Karnataka,560 Delhi/New Delhi,Delhi,110 Hyderabad,Telangana,500 Chennai/Madras,Tamil Nadu,600 Kolkata/Calcutta,West Bengal,700 Pune,Maharashtra,411 Ahmedabad,Gujarat,380 Gurugram/Gurgaon,Haryana,122 Kochi/Cochin,Kerala,682',
  de: 'Berlin,Berlin,101 München/Munich,Bayern,803 Hamburg,Hamburg,200 Köln/Cologne,Nordrhein-Westfalen,506 Frankfurt am Main/Frankfurt,Hessen,603 Stuttgart,Baden-Württemberg,701 Düsseldorf,Nordrhein-Westfalen,402 Leipzig,Sachsen,041 Nürnberg/Nuremberg,Bayern,904 Wien/Vienna,Wien,101',
  es: 'Madrid,Madrid,280 Barcelona,Cataluña,080 Valencia,Valencia,460 Sevilla/Seville,Andalucía,410 Zaragoza,Aragón,500 Málaga,Andalucía,290 Bilbao,País Vasco,480',
  mx: 'Ciudad de México/Mexico City,CDMX,060 Guadalajara,Jalisco,441 Monterrey,Nuevo León,640 Puebla,Puebla,720 Tijuana,Baja California,220 Mérida,Yucatán,970',
  fr: 'Paris,Île-de-France,750 Lyon,Auvergne-Rhône-Alpes,690 Marseille,Provence,130 Toulouse,Occitanie,310 Nice,Provence,060 Nantes,Pays de la Loire,440 Lille,Hauts-de-France,590 Bordeaux,Nouvelle-Aquitaine,330',
  it: 'Roma/Rome,Lazio,001 Milano/Milan,Lombardia,201 Torino/Turin,Piemonte,101 Napoli/Naples,Campania,801 Bologna,Emilia-Romagna,401 Firenze/Florence,Toscana,501',
  br: 'São Paulo,SP,010 Rio de Janeiro,RJ,200 Belo Horizonte,MG,301 Curitiba,PR,800 Porto Alegre,RS,900 Recife,PE,500 Salvador,BA,400 Brasília,DF,700',
  nl: 'Amsterdam,Noord-Holland,101 Rotterdam,Zuid-Holland,301 Den Haag/The Hague,Zuid-Holland,251 Utrecht,Utrecht,351 Eindhoven,Noord-Brabant,561 Groningen,Groningen,971',
  pl: 'Warszawa/Warsaw,Mazowieckie,00-0 Kraków/Cracow,Małopolskie,30-0 Wrocław,Dolnośląskie,50-0 Poznań,Wielkopolskie,60-0 Gdańsk,Pomorskie,80-0 Łódź,Łódzkie,90-0',
  tr: 'İstanbul/Istanbul,İstanbul,340 Ankara,Ankara,060 İzmir/Izmir,İzmir,350 Bursa,Bursa,160 Antalya,Antalya,070 Eskişehir,Eskişehir,260',
  ru: 'Москва/Moscow,Москва,101 Санкт-Петербург/Saint Petersburg,Санкт-Петербург,190 Новосибирск/Novosibirsk,Новосибирская область,630 Екатеринбург/Yekaterinburg,Свердловская область,620 Казань/Kazan,Татарстан,420',
  sa: 'Riyadh/الرياض,Riyadh,115 Jeddah/جدة,Makkah,214 Dammam/الدمام,Eastern Province,314',
  eg: 'Cairo/القاهرة,Cairo,115 Alexandria/الإسكندرية,Alexandria,215 Giza/الجيزة,Giza,125',
  ae: 'Dubai/دبي,Dubai,000 Abu Dhabi/أبو ظبي,Abu Dhabi,000',
  cn: 'Beijing/北京,Beijing,100 Shanghai/上海,Shanghai,200 Shenzhen/深圳,Guangdong,518 Guangzhou/广州,Guangdong,510 Hangzhou/杭州,Zhejiang,310 Chengdu/成都,Sichuan,610 Wuhan/武汉,Hubei,430',
  tw: 'Taipei/台北,Taipei,100 Kaohsiung/高雄,Kaohsiung,800',
  sg: 'Singapore,Singapore,018',
  jp: 'Tokyo/東京,Tokyo,100 Osaka/大阪,Osaka,530 Yokohama/横浜,Kanagawa,220 Nagoya/名古屋,Aichi,450 Fukuoka/福岡,Fukuoka,810 Sapporo/札幌,Hokkaido,060',
  kr: 'Seoul/서울,Seoul,030 Busan/부산,Busan,480 Incheon/인천,Incheon,210 Daegu/대구,Daegu,410 Seongnam/성남,Gyeonggi,130',
  vn: 'Hồ Chí Minh/Ho Chi Minh City,Hồ Chí Minh,700 Hà Nội/Hanoi,Hà Nội,100 Đà Nẵng/Da Nang,Đà Nẵng,550 Hải Phòng/Hai Phong,Hải Phòng,180',
};

export const PLACES: Readonly<Record<string, readonly Place[]>> = Object.fromEntries(
  Object.entries(TABLE).map(([country, text]) => [country, placesOf(country, text)]),
);

function placesOf(country: string, text: string): Place[] {
  return [...text.matchAll(/([^,]+),([^,]+),(\S+)(?:\s|$)/g)].map(
    ([, names = '', area = '', postal = '']) => {
      const [city = '', otherName = null] = names.split('/');
      return { city, otherName, area, postal, country };
    },
  );
}
