import anyAscii from 'any-ascii';

/** Characters whose reading in a name is not their commonest one. */
const IN_NAMES = new Map(
  Object.entries({
    曾: 'zeng',
    晟: 'sheng',
    翟: 'zhai',
    覃: 'qin',
    单: 'shan',
    單: 'shan',
    解: 'xie',
    仇: 'qiu',
    区: 'ou',
    區: 'ou',
    查: 'zha',
    盖: 'ge',
    朴: 'piao',
    缪: 'miao',
    吕: 'lu',
    呂: 'lu',
    长: 'chang',
    長: 'chang',
    乐: 'le',
    樂: 'le',
  }),
);
/** Surnames of two characters. */
const DOUBLE =
  /^(欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|司徒|东方|東方|独孤|慕容|皇甫|尉迟|公孙|公孫|长孙|令狐|宇文|夏侯|端木|南宫|南宮|东郭|西门|轩辕|申屠|南宮)/;

/** Pinyin without tones, run together. */
export function pinyinOf(han: string): string {
  let text = '';
  for (const char of han)
    text +=
      IN_NAMES.get(char) ??
      anyAscii(char)
        .toLowerCase()
        .replaceAll(/[^a-z]/g, '');
  return text;
}

/** The length of the surname that a full Chinese name begins with. */
export function chineseSurnameLength(han: string): number {
  return DOUBLE.test(han) && han.length > 2 ? 2 : 1;
}

/**
 * The surname in pinyin, then how it is written elsewhere: Cantonese, Hokkien, Wade-Giles, older spellings. A spelling may stand
 * under several names.
 */
const SURNAMES =
  `wang wong ong heng bong|li lee lei ly|zhang chang cheung cheong teo tjong|liu lau liew low lieu|chen chan tan tchen chin ting
yang yeung yeoh yong ieong|zhao chao chiu teo jiu|huang wong ng oei hwang ooi vong|zhou chou chow chau chew jew|wu woo ng goh go eng
xu hsu shu hui koh khoo chee tsui sui|sun suen soon|ma mah beh|zhu chu choo choi gee chue|hu woo oh foo|guo kuo kwok quek kwek koay
he ho hoh hor|lin lam lim ling|gao kao ko koh|luo lo law loh|zheng cheng chang tay tee|liang leung neo leong niu|xie hsieh tse cheah chia seah
song sung soong|tang tong teng|xu hui hsu koh|han hon hang|feng fung pang foong|deng teng tang|cao tsao cho chou chaw
peng pang phang|zeng tseng tsang chan chang|xiao hsiao siu shiu seow siew|tian tien tin|dong tung toong|yuan yuen wan
pan poon pun phua poun|cai tsai choi chua choy tsoi|jiang chiang keung kong tsiang cheong|yu yue yee u|du tu to toh
ye yeh yip ip yap|cheng ching cheong thia|wei ngai gwee|su so soh sou|lu lui loo lyu luu lv loh|ding ting teng|ren jen yam yum yan
yao yiu yeo yew|shen sum sham shum sim|zhong chung cheong|jiang chiang geung keong|cui tsui choi chui|tan tam tham|lu luk loke liok
fan faan hwan|jin chin kam gam kim|shi shih si shek shek sze see|liao liu leow lew|jia chia ka gar|xia hsia ha har|wei wai ngai
fu foo poh|fang fong png|zou tsou chow chau|xiong hsiung hung|bai pai bak pak peh|meng mang|qin chin chun tsin|qiu chiu yau khoo hew
hou how hau|jiang kong|yin wan yun|xue hsueh sit sih|yan yim ngan giam|duan tuan tuen|lei lui loi|long lung leung|shi sze sy see
tao to tou|he hor|mao mo mou|hao hau kok|gu ku koo kou|gong kung kiong|shao shiu siew|qian chien chin tsien tee|dai tai tay
mo mok mak|kong hung kung|xiang hsiang heung|chang sheung seong|wan man ban|ou au ow|ouyang auyeung auyong owyang|zhuang chuang chong ching cheng
yi yick yik|niu ngau|ge ko kot|zhan chim tsim|guan kuan kwan|situ szeto seetoh|zuo cho tso|ruan yuen|ji chi kei kay`
    .split(/[|\n]/)
    .map((line) => line.trim().split(' '));

const CANON = new Map<string, string[]>();
for (const [pinyin = '', ...others] of SURNAMES)
  for (const spelling of [pinyin, ...others])
    CANON.set(spelling, [...new Set([...(CANON.get(spelling) ?? []), pinyin])]);

/** The Chinese surnames that a word in Latin letters may stand for, in pinyin. */
export function chineseSurnames(word: string): readonly string[] {
  return CANON.get(word) ?? [];
}

/** Pinyin and Wade-Giles as one; what either keeps apart and the other does not is lost. */
export function sinoSound(word: string): string {
  return word
    .replaceAll(/tzu|ssu|szu/g, (syllable) => (syllable === 'tzu' ? 'zi' : 'si'))
    .replaceAll(/tz|ts/g, 'z')
    .replaceAll(/hs/g, 'x')
    .replaceAll(/zh|ch|j|q/g, 'c')
    .replaceAll(/sh|x/g, 's')
    .replaceAll(/k/g, 'g')
    .replaceAll(/t/g, 'd')
    .replaceAll(/p/g, 'b')
    .replaceAll(/ih|ee/g, 'i')
    .replaceAll(/ieh/g, 'ie')
    .replaceAll(/ien/g, 'ian')
    .replaceAll(/ueh/g, 'ue')
    .replaceAll(/ung/g, 'ong')
    .replaceAll(/oo|uo/g, 'o')
    .replaceAll(/z/g, 'c')
    .replaceAll(/y([ui])/g, '$1')
    .replaceAll(/w(?=u)/g, '')
    .replaceAll(/h(?![aeiou])/g, '');
}
