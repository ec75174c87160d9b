/** Surnames by their Revised Romanisation, then how their bearers write them. */
const SURNAMES =
  `gim kim ghim|i lee yi rhee ri ree rhie|bak park pak bahk|choe choi che chey|jeong jung chung cheong joung jong|gang kang kahng
jo cho joe|yun yoon youn|jang chang jahng|im lim rim yim leem|han hahn|o oh|seo suh sur seoh so|sin shin synn|gwon kwon kweon
hwang whang|an ahn|song|ryu yoo yu ryoo you lyu|hong|jeon jun chun jeun cheon|go ko koh goh|mun moon|yang ryang|son sohn|bae pae bai pai
baek paik baik paek back pack|heo hur huh her hu|nam nahm|sim shim|no noh roh ro|ha hah|gwak kwak|seong sung soung|cha|ju joo chu choo
u woo wu ou|gu koo ku goo|min|jin chin|ji chi jee|eom um uhm ohm|chae|won|cheon chun|bang pang|gong kong|hyeon hyun hyon|ham hahm
byeon byun byon pyon|yeom yum youm|yeo yuh yeoh|chu choo|do doh toh|so soh|seok suk sok|seon sun|seol sul|ma mah|gil kil|wi wee|pyo
myeong myung|gi ki kee|ban pan bahn|ra la na nah rah|na nah ra|wang|geum keum kum|ok ock|yuk yook|in ihn|maeng|je jae|mo moh|tak tahk
guk kook kuk gook|eo uh eoh|eun|pyeon pyun|yong|namgung namkung namgoong namkoong|hwangbo whangbo|jegal chegal|seonu sunwoo sunwu|dokgo dokko
sagong sakong|gyeong kyung|gye kye|in|no ro roh`
    .split(/[|\n]/)
    .map((line) => line.trim().split(' '));

const CANON = new Map<string, string[]>();
for (const [revised = '', ...others] of SURNAMES)
  for (const spelling of [revised, ...others])
    CANON.set(spelling, [...new Set([...(CANON.get(spelling) ?? []), revised])]);

/** The Korean surnames that a word in Latin letters may stand for, in Revised Romanisation. */
export function koreanSurnames(word: string): readonly string[] {
  return CANON.get(word) ?? [];
}

/** The length of the surname that a full name in Hangul begins with. */
export function koreanSurnameLength(hangul: string): number {
  return hangul.length > 2 && /^(남궁|황보|제갈|선우|독고|사공|서문)/.test(hangul) ? 2 : 1;
}

/** The rival spellings of a given name as one: Seo-yeon, Suh Yun; Ji-woo, Jiu; Min-joon, Minjun. */
export function koreanSound(word: string): string {
  return word
    .replaceAll(/ae|ai|ay/g, 'E')
    .replaceAll(/oe|wae|we/g, 'wE')
    .replaceAll(/woo|wu|oo/g, 'u')
    .replaceAll(/eo|eu|ou/g, 'u')
    .replaceAll(/o/g, 'u')
    .replaceAll(/wu/g, 'u')
    .replaceAll(/ee|ui|yi/g, 'i')
    .replaceAll(/u+/g, 'u')
    .replaceAll(/e/g, 'E')
    .replaceAll(/sh/g, 's')
    .replaceAll(/ch|j/g, 'c')
    .replaceAll(/kk?|gg?/g, 'k')
    .replaceAll(/tt?|dd?/g, 't')
    .replaceAll(/pp?|bb?/g, 'p')
    .replaceAll(/[rl]+/g, 'l')
    .replaceAll(/h(?![aEiuy])/g, '')
    .replaceAll(/y(?![aEu])/g, 'i');
}
