// names.mjs - invented people: a surname of the Pearl River country and a given name.
import { pick } from './table.mjs';

const SURNAMES = [...'陈梁黄何李霍麦区冼关罗谭邓潘邵庞卢曾简孔游郭莫谈沈叶柯彭文黎劳范杜岑姚方程舒贺',
    ...'施佘章温葛骆苏钟邝蓝曹雷植胡吕陆严周吴郑冯陶甘伍崔老颜阮蔡', '欧阳', '司徒'];
const MEN = ['志强', '伟杰', '锦棠', '国梁', '焕章', '润泽', '永康', '家豪', '子健', '启文', '兆基', '炳权',
    '树荣', '浩然', '俊贤', '德厚', '明远', '柏年', '广成', '耀祖', '维', '昭', '信', '勤', '堃', '喆', '汝昌',
    '景行', '思远', '向东', '海涛', '立诚', '乐山', '绍基', '观澜', '承恩', '世杰', '敬之', '渭清', '鉴明'];
const WOMEN = ['婉婷', '嘉敏', '颖仪', '敏华', '佩雯', '秀英', '玉珍', '咏诗', '丽华', '雪芬', '慧贤', '月娥',
    '燕萍', '绮雯', '少芳', '洁莹', '淑仪', '宝珠', '凤仪', '若兰', '静', '琪', '岚', '宁', '晓彤', '思敏',
    '惠琼', '泳欣', '丽㛃', '采薇', '念慈', '素云', '锦绣', '小曼', '文君', '巧玲', '碧君', '蔼仪', '翠屏', '可盈'];

// The same key gives the same person.
export const personOf = (key, gender) => ({ gender,
    name: pick('surname' + key, SURNAMES) + pick('given' + key, gender === 'f' ? WOMEN : MEN) });
