import {
  anyForm,
  type Gender,
  type NameSource,
  type PersonName,
  type Spelling,
  spellings,
  type Written,
} from './name.ts';
import { type Random, type Weighted, zipf } from './random.ts';

const MALE =
  spellings(`محمد=Mohammed|Muhammad|Mohamed|Mohammad|Mohamad أحمد=Ahmed|Ahmad علي=Ali|Aly حسن=Hassan|Hasan حسين=Hussein|Husain|Hossein|Hussain
  عمر=Omar|Umar|Omer خالد=Khaled|Khalid|Khalled يوسف=Youssef|Yousef|Yusuf|Yousuf إبراهيم=Ibrahim|Ebrahim|Brahim مصطفى=Mustafa|Mostafa|Moustafa محمود=Mahmoud|Mahmud|Mahmood
  عبدالله=Abdullah|Abdallah|Abdulla عبدالرحمن=Abdulrahman|Abdelrahman|Abdul_Rahman|Abderrahmane عبدالعزيز=Abdulaziz|Abdelaziz|Abdul_Aziz سعيد=Saeed|Said|Saied
  سامي=Sami|Samy كريم=Karim|Kareem طارق=Tarek|Tariq|Tareq وليد=Waleed|Walid هشام=Hisham|Hesham زياد=Ziad|Zeyad|Ziyad رامي=Rami|Ramy فيصل=Faisal|Faysal|Feisal
  ماجد=Majed|Majid|Maged ناصر=Nasser|Naser|Nasir سلطان=Sultan بدر=Badr|Bader فهد=Fahad|Fahd تركي=Turki|Turky سعود=Saud|Saoud ياسر=Yasser|Yasir|Yaser بلال=Bilal|Belal
  أنس=Anas|Anass جمال=Jamal|Gamal|Djamal شريف=Sherif|Sharif|Cherif عادل=Adel|Adil أيمن=Ayman|Aymen حمزة=Hamza|Hamzah عثمان=Othman|Osman|Uthman صالح=Saleh|Salih`);
const FEMALE =
  spellings(`فاطمة=Fatima|Fatma|Fatimah|Fatemeh مريم=Mariam|Maryam|Meriem عائشة=Aisha|Aicha|Ayesha زينب=Zainab|Zeinab|Zaynab خديجة=Khadija|Khadijah|Khadidja نور=Nour|Noor|Nur
  سارة=Sara|Sarah ليلى=Layla|Leila|Laila هدى=Huda|Hoda منى=Mona|Muna أمل=Amal|Amel رنا=Rana دينا=Dina|Deena ياسمين=Yasmin|Yasmine|Yasmeen نادية=Nadia|Nadiah سميرة=Samira|Sameera
  هالة=Hala رحاب=Rehab|Rihab إيمان=Iman|Eman|Imane هند=Hind|Hend أسماء=Asmaa|Asma دعاء=Doaa|Duaa شيماء=Shaimaa|Chaima رانيا=Rania|Raniya جميلة=Jamila|Gamila لينا=Lina|Leena نجلاء=Naglaa|Najla`);
const FAMILY =
  spellings(`الأحمد=Al-Ahmad|Alahmad|El_Ahmad العلي=Al-Ali|Alali|El_Ali الحسن=Al-Hassan|Alhasan|El_Hassan السيد=El-Sayed|Al-Sayyid|Elsayed|Alsayed الخطيب=Al-Khatib|El_Khatib|Alkhateeb
  المصري=Al-Masri|El_Masry|Almasri|Elmasry العتيبي=Al-Otaibi|Alotaibi|Al_Utaibi الغامدي=Al-Ghamdi|Alghamdi الزهراني=Al-Zahrani|Alzahrani|Azzahrani القحطاني=Al-Qahtani|Alqahtani|Al_Kahtani
  الشمري=Al-Shammari|Alshammari|Al_Shamri الحربي=Al-Harbi|Alharbi الدوسري=Al-Dosari|Aldossary|Al_Dawsari المطيري=Al-Mutairi|Almutairi|Al_Mutayri الشهري=Al-Shehri|Alshehri الراشد=Al-Rashid|Al_Rashed|Alrashed
  حداد=Haddad|Hadad خوري=Khoury|Khouri|Khury منصور=Mansour|Mansoor|Mansur سلمان=Salman|Selman عباس=Abbas|Abas نصر=Nasr|Naser شاهين=Shahin|Chahine|Shaheen حمدان=Hamdan زيدان=Zidan|Zidane|Zeidan
  بن_علي=Ben_Ali|Benali|Bin_Ali بن_سعيد=Ben_Said|Bensaid|Bin_Saeed بنعمر=Benomar|Ben_Omar أبو_زيد=Abu_Zaid|Abou_Zeid|Abuzaid أبو_بكر=Abu_Bakr|Aboubakr|Abubakar النجار=Al-Najjar|El_Naggar|Alnajjar|Elnaggar
  الشافعي=El-Shafie|Al_Shafei|Elshafey عبدالسلام=Abdelsalam|Abdulsalam|Abdel_Salam عبدالحميد=Abdelhamid|Abdulhameed|Abdel_Hamid فوزي=Fawzi|Fawzy|Faouzi رشدي=Rushdi|Roshdy توفيق=Tawfik|Tewfik|Taufiq
  العمري=Al-Omari|Alamri|El_Omari قاسم=Qasim|Kassem|Qassem|Kasim سليمان=Suleiman|Soliman|Sulaiman|Slimane إسماعيل=Ismail|Ismael|Esmail موسى=Mousa|Musa|Moussa عيسى=Issa|Eissa|Isa يعقوب=Yaqoub|Yacoub|Jacob
  درويش=Darwish|Darwich حجازي=Hegazy|Hijazi بركات=Barakat غانم=Ghanem|Ghanim صباغ=Sabbagh|Sabagh الحاج=El-Hajj|Al_Haj|Elhaj الفارسي=Al-Farsi|Alfarsi البلوشي=Al-Balushi|Albalushi|Al_Blushi المنصوري=Al-Mansoori|Almansouri|El_Mansouri`);

const GIVEN: Record<Gender, Weighted<Spelling>> = { female: zipf(FEMALE, 6), male: zipf(MALE, 4) };
/** Many bear their grandfather's given name. */
const FAMILIES = zipf([...FAMILY, ...MALE.slice(0, 24)], 15);

export function arabicNames(): NameSource {
  const make = (r: Random, gender: Gender, family: Spelling): PersonName => {
    const parts = {
      given: GIVEN[gender].pick(r),
      family,
      middle: r.chance(0.3) ? GIVEN.male.pick(r) : undefined,
    };
    const written = (form: (spelling: Spelling) => string): Written => ({
      given: form(parts.given),
      family: form(parts.family),
      ...(parts.middle ? { middle: form(parts.middle) } : {}),
    });
    return {
      gender,
      own: written(({ native }) => native),
      latin: written(({ usual }) => usual),
      rival: (any) => written((spelling) => anyForm(any, spelling)),
    };
  };
  const known = new Map([...FAMILY, ...MALE].map((spelling) => [spelling.native, spelling]));
  return {
    script: 'arabic',
    name: (r, gender) => make(r, gender, FAMILIES.pick(r)),
    sibling: (r, of, gender) => make(r, gender, known.get(of.own.family) ?? FAMILIES.pick(r)),
  };
}
