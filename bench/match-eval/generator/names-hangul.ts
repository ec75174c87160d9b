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
import { type Random, Weighted, zipf } from './random.ts';

const FAMILY =
  spellings(`김=Kim|Gim 이=Lee|Yi|Rhee|Ri 박=Park|Pak|Bak 최=Choi|Choe|Chey 정=Jung|Jeong|Chung|Cheong 강=Kang|Gang 조=Cho|Jo 윤=Yoon|Yun 장=Jang|Chang 임=Lim|Im|Rim 한=Han|Hahn 오=Oh|O 서=Seo|Suh 신=Shin|Sin
  권=Kwon|Gwon 황=Hwang|Whang 안=Ahn|An 송=Song 류=Ryu|Yoo|Yu 홍=Hong 전=Jeon|Jun|Chun 고=Ko|Go|Koh 문=Moon|Mun 손=Son|Sohn 양=Yang 배=Bae|Pae 백=Baek|Paik|Back 허=Heo|Hur|Huh 남=Nam 심=Shim|Sim 노=Noh|Roh 하=Ha 곽=Kwak|Gwak 성=Sung|Seong 차=Cha 주=Joo|Ju 우=Woo|Wu 구=Koo|Ku|Gu`);
const SHARES = [21.5, 14.7, 8.4, 4.7, 4.3, 2.3, 2.1, 2, 2, 1.7, 1.5, 1.5, 1.5, 1.5, 1.4, 1.4, 1.4, 1.4, 1.2];
const FIRST = spellings(
  '민=Min 지=Ji|Jee 서=Seo|Suh 현=Hyun|Hyeon 예=Ye 준=Jun|Joon 하=Ha 도=Do 승=Seung|Sung 성=Sung|Seong 영=Young|Yeong 재=Jae|Jea 은=Eun 수=Soo|Su 상=Sang 동=Dong 유=Yoo|Yu 경=Kyung|Gyeong 정=Jung|Jeong 혜=Hye|Hae 태=Tae 진=Jin 기=Ki|Gi 미=Mi|Mee 윤=Yoon|Yun',
);
const MALE = spellings(
  '준=Jun|Joon 우=Woo|Wu 호=Ho 현=Hyun|Hyeon 훈=Hoon|Hun 석=Seok|Suk 수=Soo|Su 민=Min 혁=Hyuk|Hyeok 진=Jin 철=Chul|Cheol 환=Hwan 규=Kyu|Gyu 욱=Wook|Uk 빈=Bin 원=Won',
);
const FEMALE = spellings(
  '은=Eun 영=Young|Yeong 희=Hee|Hui 연=Yeon|Youn 아=Ah|A 진=Jin 경=Kyung|Gyeong 미=Mi|Mee 정=Jung|Jeong 원=Won 린=Rin|Lynn 윤=Yoon|Yun 서=Seo|Suh 인=In 숙=Sook|Suk 주=Joo|Ju',
);

const FAMILIES = new Weighted(FAMILY, (_, rank) => SHARES[rank] ?? 0.6);
const LAST: Record<Gender, Weighted<Spelling>> = { female: zipf(FEMALE, 8), male: zipf(MALE, 8) };
const STARTS = zipf(FIRST, 10);

export function hangulNames(): NameSource {
  const make = (r: Random, gender: Gender, family: Spelling): PersonName => {
    const [one, two] = [STARTS.pick(r), LAST[gender].pick(r)];
    const joined = (a: string, b: string, way: number) =>
      way === 0
        ? `${a}-${b.toLowerCase()}`
        : way === 1
          ? a + b.toLowerCase()
          : way === 2
            ? `${a} ${b}`
            : `${a}-${b}`;
    const usualWay = r.below(4);
    return {
      gender,
      own: { given: one.native + two.native, family: family.native },
      latin: { given: capitalised(joined(one.usual, two.usual, usualWay)), family: family.usual },
      rival: (any): Written => ({
        given: capitalised(joined(anyForm(any, one), anyForm(any, two), any.below(4))),
        family: any.chance(0.5) ? anyForm(any, family) : family.usual,
      }),
    };
  };
  const known = new Map(FAMILY.map((spelling) => [spelling.native, spelling]));
  return {
    script: 'hangul',
    name: (r, gender) => make(r, gender, FAMILIES.pick(r)),
    sibling: (r, of, gender) => make(r, gender, known.get(of.own.family) ?? FAMILIES.pick(r)),
  };
}
