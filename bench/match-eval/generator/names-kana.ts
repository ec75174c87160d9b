import {
  capitalised,
  type Gender,
  type NameSource,
  type PersonName,
  type Spelling,
  spellings,
  type Written,
} from './name.ts';
import { type Random, type Weighted, zipf } from './random.ts';

/** Long vowels are written out: Satou, Oono. */
const FAMILY =
  spellings(`佐藤=Satou 鈴木=Suzuki 高橋=Takahashi 田中=Tanaka 伊藤=Itou 渡辺=Watanabe 山本=Yamamoto 中村=Nakamura 小林=Kobayashi 加藤=Katou 吉田=Yoshida 山田=Yamada 佐々木=Sasaki 山口=Yamaguchi 松本=Matsumoto
  井上=Inoue 木村=Kimura 林=Hayashi 斎藤=Saitou 清水=Shimizu 山崎=Yamazaki 森=Mori 池田=Ikeda 橋本=Hashimoto 阿部=Abe 石川=Ishikawa 山下=Yamashita 中島=Nakajima 石井=Ishii 小川=Ogawa 前田=Maeda 岡田=Okada 長谷川=Hasegawa
  藤田=Fujita 後藤=Gotou 近藤=Kondou 村上=Murakami 遠藤=Endou 青木=Aoki 坂本=Sakamoto 福田=Fukuda 太田=Oota 西村=Nishimura 藤井=Fujii 岡本=Okamoto 三浦=Miura 金子=Kaneko 藤原=Fujiwara 中野=Nakano 原田=Harada
  松田=Matsuda 竹内=Takeuchi 中川=Nakagawa 小野=Ono 田村=Tamura 大野=Oono 和田=Wada 石田=Ishida 上田=Ueda 森田=Morita 菅原=Sugawara 工藤=Kudou 柴田=Shibata 酒井=Sakai 宮崎=Miyazaki 内田=Uchida 高木=Takagi 安藤=Andou
  島田=Shimada 谷口=Taniguchi 大塚=Ootsuka 丸山=Maruyama 今井=Imai 高田=Takada 河野=Kouno 藤本=Fujimoto 新井=Arai 増田=Masuda 千葉=Chiba 久保=Kubo 平野=Hirano 岩崎=Iwasaki 松井=Matsui 桜井=Sakurai 野口=Noguchi 杉山=Sugiyama`);
const MALE =
  spellings(`大輔=Daisuke 健太=Kenta 翔太=Shouta 拓也=Takuya 直樹=Naoki 浩二=Kouji 誠=Makoto 学=Manabu 隆=Takashi 亮=Ryou 雄一=Yuuichi 達也=Tatsuya 和也=Kazuya 翼=Tsubasa 剛=Tsuyoshi 淳=Jun 修=Osamu 悠斗=Yuuto 蓮=Ren 陽翔=Haruto
  大翔=Hiroto 颯太=Souta 海斗=Kaito 健一=Kenichi 裕也=Yuuya 哲也=Tetsuya 秀樹=Hideki 正樹=Masaki 博=Hiroshi 茂=Shigeru 洋平=Youhei 慎也=Shinya 祐介=Yuusuke 俊介=Shunsuke 智也=Tomoya 純一=Junichi 太郎=Tarou 一郎=Ichirou`);
const FEMALE =
  spellings(`美咲=Misaki 陽子=Youko 裕子=Yuuko 恵子=Keiko 由美子=Yumiko 久美子=Kumiko 真由美=Mayumi 愛=Ai 彩=Aya 舞=Mai 葵=Aoi 結衣=Yui 陽菜=Hina 美穂=Miho 千尋=Chihiro 智子=Tomoko 直子=Naoko 香織=Kaori 理恵=Rie 優子=Yuuko 麻衣=Mai 沙織=Saori
  恵美=Emi 明美=Akemi 幸子=Sachiko 京子=Kyouko 和子=Kazuko 典子=Noriko 真理子=Mariko 涼子=Ryouko 桃子=Momoko 奈々=Nana 七海=Nanami 凛=Rin 遥=Haruka 綾香=Ayaka 友美=Tomomi 千夏=Chinatsu`);

const GIVEN: Record<Gender, Weighted<Spelling>> = { female: zipf(FEMALE, 8), male: zipf(MALE, 8) };
const FAMILIES = zipf(FAMILY, 15);

const short = (text: string) =>
  capitalised(text.toLowerCase().replaceAll(/ou|oo/g, 'o').replaceAll('uu', 'u'));
const accented = (text: string) =>
  capitalised(text.toLowerCase().replaceAll(/ou|oo/g, 'ō').replaceAll('uu', 'ū'));
const withH = (text: string) =>
  capitalised(text.toLowerCase().replaceAll(/ou|oo/g, 'oh').replaceAll('uu', 'u'));
const official = (text: string) =>
  capitalised(
    short(text)
      .toLowerCase()
      .replaceAll('shi', 'si')
      .replaceAll(/sh(?=[auo])/g, 'sy')
      .replaceAll('chi', 'ti')
      .replaceAll(/ch(?=[auo])/g, 'ty')
      .replaceAll('tsu', 'tu')
      .replaceAll('fu', 'hu')
      .replaceAll('ji', 'zi')
      .replaceAll(/j(?=[auo])/g, 'zy'),
  );

export function kanaNames(): NameSource {
  const make = (r: Random, gender: Gender, family: Spelling): PersonName => {
    const given = GIVEN[gender].pick(r);
    const written = (form: (text: string) => string): Written => ({
      given: form(given.usual),
      family: form(family.usual),
    });
    return {
      gender,
      own: { given: given.native, family: family.native },
      latin: written(short),
      rival: (any) => written(any.pick([accented, withH, official, (text: string) => text])),
    };
  };
  const known = new Map(FAMILY.map((spelling) => [spelling.native, spelling]));
  return {
    script: 'kana',
    name: (r, gender) => make(r, gender, FAMILIES.pick(r)),
    sibling: (r, of, gender) => make(r, gender, known.get(of.own.family) ?? FAMILIES.pick(r)),
  };
}
