/** Where people of the demo world come from. Names are written `as in their script=in Latin letters`, or once where both agree. */
export interface Origin {
  readonly country: string;
  readonly places: readonly (readonly [city: string, region: string])[];
  readonly given: readonly Name[];
  readonly family: readonly Name[];
}

export interface Name {
  readonly native: string;
  readonly latin: string;
}

function names(list: string): Name[] {
  return list.split(' ').map((item) => {
    const [native = '', latin = native] = item.split('=');
    return { native, latin };
  });
}

const origin = (country: string, places: Origin['places'], given: string, family: string): Origin => ({
  country,
  places,
  given: names(given),
  family: names(family),
});

export const ORIGINS: readonly Origin[] = [
  origin(
    'US',
    [
      ['Portland', 'Oregon'],
      ['Austin', 'Texas'],
      ['Boston', 'Massachusetts'],
    ],
    'Harper Ellis Wren Callum Odette Silas Maeve Jonah Thea Ruben',
    'Whitlock Marsh Fairbairn Okafor Delgado Hollis Penrose Quigley Ashby Lindqvist',
  ),
  origin(
    'GB',
    [
      ['Leeds', 'England'],
      ['Bristol', 'England'],
      ['Glasgow', 'Scotland'],
    ],
    'Imogen Alasdair Niamh Rhys Saoirse Gethin Flora Ewan',
    "O'Malley Pryce MacAulay Thornton-Reid Blackwood Carmichael Featherstone Yardley",
  ),
  origin(
    'DE',
    [
      ['Hamburg', 'Hamburg'],
      ['Leipzig', 'Sachsen'],
      ['Köln', 'Nordrhein-Westfalen'],
    ],
    'Jürgen=Juergen Käthe=Kaethe Sören=Soeren Annegret Björn=Bjoern Liesel Matthäus=Matthaeus Frieda',
    'Großmann=Grossmann Müller=Mueller Schäfer=Schaefer Weißgerber=Weissgerber Böhm=Boehm Krüger=Krueger Langenfeld Ostermann',
  ),
  origin(
    'FR',
    [
      ['Nantes', 'Pays de la Loire'],
      ['Lyon', 'Auvergne-Rhône-Alpes'],
    ],
    'Éloïse=Eloise François=Francois Noémie=Noemie Rémi=Remi Zoé=Zoe Gaël=Gael Amélie=Amelie Loïc=Loic',
    'Lefèvre=Lefevre Bénard=Benard Garçon=Garcon Châtelain=Chatelain Duprat Rousseau Marchand Aubry',
  ),
  origin(
    'ES',
    [
      ['Valencia', 'Comunidad Valenciana'],
      ['Bilbao', 'País Vasco'],
    ],
    'Íñigo=Inigo Begoña=Begona Álvaro=Alvaro Lucía=Lucia Jesús=Jesus Nerea Andrés=Andres Sofía=Sofia',
    'Muñoz=Munoz Ibáñez=Ibanez Peña=Pena Echevarría=Echevarria Núñez=Nunez Carrasco Solís=Solis Vidal',
  ),
  origin(
    'PL',
    [
      ['Gdańsk', 'Pomorskie'],
      ['Kraków', 'Małopolskie'],
    ],
    'Łukasz=Lukasz Małgorzata=Malgorzata Wojciech Agnieszka Paweł=Pawel Zofia Michał=Michal Bożena=Bozena',
    'Wójcik=Wojcik Dąbrowska=Dabrowska Szczęsny=Szczesny Żak=Zak Kowalczyk Jabłońska=Jablonska Górski=Gorski Nowicka',
  ),
  origin(
    'TR',
    [
      ['İzmir', 'İzmir'],
      ['Ankara', 'Ankara'],
    ],
    'Çağla=Cagla Oğuz=Oguz Işıl=Isil Emre Gülşen=Gulsen Barış=Baris Ayşe=Ayse Uğur=Ugur',
    'Yıldız=Yildiz Şahin=Sahin Öztürk=Ozturk Çelik=Celik Güneş=Gunes Aydın=Aydin Doğan=Dogan Koç=Koc',
  ),
  origin(
    'VN',
    [
      ['Hà Nội', 'Hà Nội'],
      ['Đà Nẵng', 'Đà Nẵng'],
    ],
    'Thảo=Thao Đức=Duc Hương=Huong Tuấn=Tuan Quỳnh=Quynh Bảo=Bao Ngọc=Ngoc Hiếu=Hieu',
    'Nguyễn=Nguyen Trần=Tran Phạm=Pham Đặng=Dang Hoàng=Hoang Bùi=Bui Võ=Vo Lê=Le',
  ),
  origin(
    'RU',
    [
      ['Казань', 'Татарстан'],
      ['Новосибирск', 'Новосибирская область'],
    ],
    'Людмила=Lyudmila Фёдор=Fyodor Ксения=Kseniya Юрий=Yuriy Анастасия=Anastasiya Илья=Ilya Ольга=Olga Тимур=Timur',
    'Щербакова=Shcherbakova Жуков=Zhukov Ершова=Yershova Цветков=Tsvetkov Чернова=Chernova Быстров=Bystrov Хохлова=Khokhlova Юдин=Yudin',
  ),
  origin(
    'UA',
    [
      ['Львів', 'Львівська область'],
      ['Одеса', 'Одеська область'],
    ],
    'Олексій=Oleksii Ївга=Yivha Ганна=Hanna Євген=Yevhen Соломія=Solomiia Ігор=Ihor Наталія=Nataliia Остап=Ostap',
    'Шевчук=Shevchuk Гончаренко=Honcharenko Ященко=Yashchenko Бойко=Boiko Кравець=Kravets Лисенко=Lysenko Мельник=Melnyk Сірко=Sirko',
  ),
  origin(
    'GR',
    [
      ['Θεσσαλονίκη', 'Κεντρική Μακεδονία'],
      ['Πάτρα', 'Δυτική Ελλάδα'],
    ],
    'Ελένη=Eleni Γιώργος=Giorgos Ουρανία=Ourania Θανάσης=Thanasis Κατερίνα=Katerina Παύλος=Pavlos Σοφία=Sofia Χρήστος=Christos',
    'Παπαδόπουλος=Papadopoulos Μπουρνάζου=Bournazou Τσιρίγος=Tsirigos Ξενάκη=Xenaki Καραγιάννης=Karagiannis Ντούνη=Douni Ζαφείρης=Zafeiris Ρήγα=Riga',
  ),
  origin(
    'CN',
    [
      ['成都', '四川'],
      ['杭州', '浙江'],
    ],
    '晓明=Xiaoming 雨欣=Yuxin 建国=Jianguo 静怡=Jingyi 浩然=Haoran 梦琪=Mengqi 志强=Zhiqiang 思远=Siyuan',
    '王=Wang 欧阳=Ouyang 李=Li 张=Zhang 刘=Liu 陈=Chen 诸葛=Zhuge 赵=Zhao',
  ),
  origin(
    'JP',
    [
      ['福岡市', '福岡県'],
      ['札幌市', '北海道'],
    ],
    '健一=Kenichi さくら=Sakura 美咲=Misaki 大輔=Daisuke アンナ=Anna 翔太=Shota ひかり=Hikari 直樹=Naoki',
    '佐藤=Sato 髙橋=Takahashi 渡邉=Watanabe 小林=Kobayashi 山﨑=Yamazaki 中村=Nakamura 五十嵐=Igarashi 東海林=Shoji',
  ),
  origin(
    'KR',
    [
      ['부산', '부산광역시'],
      ['대전', '대전광역시'],
    ],
    '서연=Seoyeon 민준=Minjun 지우=Jiwoo 현우=Hyunwoo 하은=Haeun 도윤=Doyun 수빈=Subin 예준=Yejun',
    '김=Kim 이=Lee 박=Park 최=Choi 정=Jung 남궁=Namgoong 황=Hwang 윤=Yoon',
  ),
  origin(
    'EG',
    [
      ['الإسكندرية', 'الإسكندرية'],
      ['الجيزة', 'الجيزة'],
    ],
    'محمد=Mohamed فاطمة=Fatma يوسف=Youssef مريم=Mariam أحمد=Ahmed نورهان=Nourhan خالد=Khaled هبة=Heba',
    'عبدالرحمن=Abdelrahman حسين=Hussein الشريف=Elsherif منصور=Mansour بدوي=Badawy السيد=Elsayed زيدان=Zidan فاروق=Farouk',
  ),
  origin(
    'IL',
    [
      ['חיפה', 'חיפה'],
      ['באר שבע', 'הדרום'],
    ],
    'נועה=Noa איתן=Eitan תמר=Tamar יונתן=Yonatan שירה=Shira אורי=Uri מיכל=Michal גלעד=Gilad',
    'לוי=Levi כהן=Cohen מזרחי=Mizrahi ביטון=Biton אברהמי=Avrahami שפירא=Shapira דיין=Dayan רוזן=Rosen',
  ),
  origin(
    'IN',
    [
      ['पुणे', 'महाराष्ट्र'],
      ['जयपुर', 'राजस्थान'],
    ],
    'अनिका=Anika राजेश=Rajesh प्रिया=Priya विक्रम=Vikram मीनाक्षी=Meenakshi अर्जुन=Arjun कविता=Kavita सिद्धार्थ=Siddharth',
    'शर्मा=Sharma देशमुख=Deshmukh अग्रवाल=Agarwal चौहान=Chauhan मिश्रा=Mishra कुलकर्णी=Kulkarni राठौड़=Rathore जोशी=Joshi',
  ),
  origin(
    'TH',
    [
      ['เชียงใหม่', 'เชียงใหม่'],
      ['ขอนแก่น', 'ขอนแก่น'],
    ],
    'สมชาย=Somchai พิมพ์ใจ=Phimchai ณัฐพล=Natthaphon กนกวรรณ=Kanokwan ธีรเดช=Thiradet สุดารัตน์=Sudarat',
    'ศรีสุข=Srisuk วงศ์สวัสดิ์=Wongsawat ทองดี=Thongdi บุญมา=Bunma แก้วมณี=Kaewmani จันทร์แก้ว=Chankaew',
  ),
  origin(
    'GE',
    [
      ['თბილისი', 'თბილისი'],
      ['ბათუმი', 'აჭარა'],
    ],
    'ნინო=Nino გიორგი=Giorgi თამარ=Tamar ლევან=Levan ქეთევან=Ketevan ზურაბ=Zurab',
    'ბერიძე=Beridze კაპანაძე=Kapanadze გელაშვილი=Gelashvili ლომიძე=Lomidze წიკლაური=Tsiklauri ჯაფარიძე=Japaridze',
  ),
  origin(
    'BR',
    [
      ['Florianópolis', 'Santa Catarina'],
      ['Recife', 'Pernambuco'],
    ],
    'João=Joao Conceição=Conceicao Luís=Luis Thaís=Thais Antônio=Antonio Débora=Debora César=Cesar Flávia=Flavia',
    'Gonçalves=Goncalves Araújo=Araujo Magalhães=Magalhaes Simões=Simoes Fonseca Brandão=Brandao Teixeira Leão=Leao',
  ),
];
