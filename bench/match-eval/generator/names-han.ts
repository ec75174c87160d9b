import {
  anyForm,
  capitalised,
  type Gender,
  type NameSource,
  type PersonName,
  type Spelling,
  spellings,
  type Written,
} from './name.ts';
import { type Random, type Weighted, zipf } from './random.ts';

/** By frequency; after the Pinyin spelling those of Wade and Giles, of Hong Kong and of South-East Asia. */
const FAMILY =
  spellings(`王=Wang|Wong|Ong 李=Li|Lee 张=Zhang|Chang|Cheung|Teo 刘=Liu|Lau|Low 陈=Chen|Chan|Tan 杨=Yang|Yeung|Yeo 黄=Huang|Wong|Ng|Ooi 赵=Zhao|Chao|Chiu
  吴=Wu|Ng|Goh 周=Zhou|Chou|Chow|Chew 徐=Xu|Hsu|Chui 孙=Sun|Suen 马=Ma|Mah 朱=Zhu|Chu 胡=Hu|Woo|Oh 郭=Guo|Kuo|Kwok|Quek 何=He|Ho 林=Lin|Lam|Lim 高=Gao|Kao|Ko 罗=Luo|Lo|Law 郑=Zheng|Cheng|Tay
  梁=Liang|Leung|Neo 谢=Xie|Hsieh|Tse|Chia 宋=Song|Sung 唐=Tang|Tong 许=Xu|Hsu|Hui|Koh 韩=Han|Hon 冯=Feng|Fung|Pang 邓=Deng|Teng|Tang 曹=Cao|Tsao|Tso 彭=Peng|Pang 曾=Zeng|Tseng|Tsang|Chan
  肖=Xiao|Hsiao|Siu 田=Tian|Tien|Tin 董=Dong|Tung 潘=Pan|Poon|Phua 袁=Yuan|Yuen 蔡=Cai|Tsai|Choi|Chua 蒋=Jiang|Chiang|Tseung 余=Yu|Yee 于=Yu|Yue 杜=Du|Tu|To 叶=Ye|Yeh|Yip|Yap 程=Cheng|Ching 魏=Wei|Ngai
  苏=Su|So|Soh 吕=Lü|Lu|Lui 丁=Ding|Ting 任=Ren|Jen|Yam 沈=Shen|Shum|Sim 姚=Yao|Yiu 卢=Lu|Lo|Loh 钟=Zhong|Chung 姜=Jiang|Chiang|Keung 崔=Cui|Tsui 谭=Tan|Tam 陆=Lu|Luk|Loke 范=Fan 汪=Wang|Wong 廖=Liao|Liu|Leow
  石=Shi|Shih|Shek 金=Jin|Chin|Kam 韦=Wei|Wai 贾=Jia|Chia|Ka 夏=Xia|Hsia|Ha 付=Fu|Foo 方=Fang|Fong|Png 邹=Zou|Tsou|Chow 熊=Xiong|Hsiung|Hung 白=Bai|Pai|Pak 孟=Meng|Mang 秦=Qin|Chin|Chun 邱=Qiu|Chiu|Yau|Khoo 侯=Hou|Hau 江=Jiang|Chiang|Kong
  尹=Yin|Wan 薛=Xue|Hsueh|Sit 闫=Yan|Yen 段=Duan|Tuan 雷=Lei|Lui 龙=Long|Lung 黎=Li|Lai 史=Shi|Shih|Sze 陶=Tao|To 贺=He|Ho 毛=Mao|Mo 郝=Hao 顾=Gu|Ku|Koo 龚=Gong|Kung 邵=Shao|Siu 万=Wan|Man 钱=Qian|Chien|Chin 严=Yan|Yen|Yim 欧阳=Ouyang|Au_Yeung 司马=Sima|Szema 诸葛=Zhuge|Chuko`);
const MALE = signs(
  `伟=wei 强=qiang 磊=lei 军=jun 洋=yang 勇=yong 杰=jie 涛=tao 明=ming 超=chao 刚=gang 平=ping 辉=hui 鹏=peng 华=hua 飞=fei 鑫=xin 波=bo 斌=bin 宇=yu 浩=hao 凯=kai 健=jian 俊=jun 帆=fan 帅=shuai 旭=xu 宁=ning 龙=long 林=lin 欢=huan 佳=jia 建=jian 国=guo 志=zhi 文=wen 海=hai 东=dong 天=tian 子=zi 晓=xiao 小=xiao 家=jia 世=shi 永=yong 振=zhen 庆=qing 春=chun 成=cheng 德=de 光=guang 泽=ze 轩=xuan 博=bo 瑞=rui 晨=chen 阳=yang 鸿=hong 少=shao 立=li 新=xin 正=zheng 中=zhong`,
);
const FEMALE = signs(
  `芳=fang 娜=na 敏=min 静=jing 丽=li 艳=yan 娟=juan 霞=xia 秀=xiu 燕=yan 玲=ling 桂=gui 丹=dan 萍=ping 红=hong 玉=yu 兰=lan 英=ying 梅=mei 琴=qin 婷=ting 雪=xue 慧=hui 颖=ying 洁=jie 倩=qian 莹=ying 琳=lin 璐=lu 雨=yu 欣=xin 怡=yi 佳=jia 思=si 梦=meng 晓=xiao 美=mei 月=yue 嘉=jia 诗=shi 雅=ya 文=wen 若=ruo 紫=zi 亚=ya 海=hai 春=chun 冬=dong 云=yun 凤=feng 莉=li 珍=zhen 素=su 瑶=yao 菲=fei 宁=ning 璇=xuan 馨=xin`,
);

interface Sign {
  readonly native: string;
  readonly pinyin: string;
}

function signs(text: string): Record<'first' | 'second', Weighted<Sign>> {
  const list = text.split(' ').map((pair) => ({ native: pair.slice(0, 1), pinyin: pair.slice(2) }));
  return { first: zipf(list, 25), second: zipf(list.toReversed(), 25) };
}

const FAMILIES = zipf(FAMILY, 6);
const WADE_GILES: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'ch'],
  [/^x/, 'hs'],
  [/^q/, 'ch'],
  [/^j(?!.*un$)/, 'ch'],
  [/^z(?!h)/, 'ts'],
  [/^c(?!h)/, 'ts'],
  [/^b/, 'p'],
  [/^d/, 't'],
  [/^g/, 'k'],
  [/^r/, 'j'],
  [/ong$/, 'ung'],
  [/^tsi$/, 'tzu'],
];

function wadeGiles(syllable: string): string {
  return WADE_GILES.reduce((text, [pattern, instead]) => text.replace(pattern, instead), syllable);
}

export function hanNames(): NameSource {
  const make = (r: Random, gender: Gender, family: Spelling): PersonName => {
    const set = gender === 'female' ? FEMALE : MALE;
    const given = r.chance(0.78) ? [set.first.pick(r), set.second.pick(r)] : [set.second.pick(r)];
    const pinyin = given.map((sign) => sign.pinyin);
    return {
      gender,
      own: { given: given.map((sign) => sign.native).join(''), family: family.native },
      latin: { given: capitalised(pinyin.join('')), family: family.usual },
      rival: (any) => rivalOf(any, pinyin, family),
    };
  };
  const known = new Map(FAMILY.map((spelling) => [spelling.native, spelling]));
  return {
    script: 'han',
    name: (r, gender) => make(r, gender, FAMILIES.pick(r)),
    sibling: (r, of, gender) => make(r, gender, known.get(of.own.family) ?? FAMILIES.pick(r)),
  };
}

/** The syllables apart, with a hyphen, as one middle name; the family's other spelling; both in the older system; a Western name before it. */
function rivalOf(random: Random, pinyin: readonly string[], family: Spelling): Written {
  const [one = '', two] = pinyin.map(capitalised);
  switch (random.below(6)) {
    case 0:
      return { given: two === undefined ? one : `${one} ${two}`, family: family.usual };
    case 1:
      return { given: two === undefined ? one : `${one}-${two.toLowerCase()}`, family: family.usual };
    case 2:
      return two === undefined
        ? { given: one, family: anyForm(random, family) }
        : { given: one, middle: two, family: family.usual };
    case 3:
      return { given: one + (two?.toLowerCase() ?? ''), family: anyForm(random, family) };
    case 4:
      return {
        given: capitalised(pinyin.map(wadeGiles).join('-')),
        family: family.others[0] ?? family.usual,
      };
    default: {
      const western = random.pick(WESTERN);
      return { given: `${western} ${one}${two?.toLowerCase() ?? ''}`, family: family.usual };
    }
  }
}

const WESTERN =
  'Kevin Jason Eric David Tony Amy Grace Cindy Vivian Alice Jenny Michael Leo Sunny Peter'.split(' ');
