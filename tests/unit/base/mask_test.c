#include "base/mask.h"
#include "base/random.h"
#include "base/utf8.h"
#include "tap.h"

static struct arena a;
struct row { const char *in, *out; };
typedef struct str mask_fn(struct arena *, struct str);

static void check(mask_fn *mask, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        OK_STR(mask(&a, str_of(rows[i].in)), rows[i].out);
}

static const struct row phones[] = {
    { "13812345678", "138****5678" }, { "0757-83281234", "075****1234" },
    { "0757-83281234-801", "075****1234" }, { "+85291234567", "+85****4567" },
    { "83281234", "****34" }, { "12345", "****" }, { "", "****" },
};
static const struct row idnums[] = {
    { "34052419800101001X", "3****************X" }, { "E12345678", "E*******8" },
    { "12345", "****" }, { "", "****" }, { "军字第2001988号", "军*********号" },
};
static const struct row names[] = {
    { "张三", "张*" }, { "张小三", "张*三" }, { "欧阳锋", "欧阳*" }, { "欧阳娜娜", "欧阳*娜" },
    { "欧阳", "欧*" }, { "阿卜杜热", "阿**热" }, { "买买提·阿不都热西提", "买**提" },
    { "张", "*" }, { "", "" }, { "John Smith", "J*** S****" }, { " 张三 ", "张*" },
};
static const struct row addresses[] = {
    { "广东省佛山市南海区桂城街道叠南社区海八路12号", "广东省佛山市南海区桂城街道叠南社区****" },
    { "广东省佛山市南海区桂城街道海八路12号", "广东省佛山市南海区桂城街道****" },
    { "佛山市南海区翠湖小区5栋502", "佛山市南海区****" },
    { "阳光小区3栋502", "****" }, { "海八路12号", "****" }, { "", "****" }, { "佛山市", "****" },
    { "江西省景德镇市浮梁县瑶里镇瑶里村3组", "江西省景德镇市浮梁县瑶里镇瑶里村****" },
    { "宁波市镇海区招宝山街道胜利路1号", "宁波市镇海区招宝山街道****" },
    { "台州市路桥区路北街道1号", "台州市路桥区路北街道****" },
    { "昆山市玉山镇新城小区1栋", "昆山市玉山镇****" },
    { "河南省新乡市新乡县七里营镇刘庄村", "河南省新乡市新乡县七里营镇刘庄村****" },
    { "内蒙古自治区锡林郭勒盟正蓝旗桑根达来镇", "内蒙古自治区锡林郭勒盟正蓝旗桑根达来镇****" },
    { "12号", "****" }, { "叠南村5号", "****" },
};

/* Whatever is handed in: valid text comes out, never more than went in shows. */
static void test_noise(void)
{
    static mask_fn *const masks[] = { mask_phone, mask_idnum, mask_name, mask_address };
    struct dice d = { 5 };
    char noise[60];
    static char huge[100000];
    int bad = 0;
    for (int i = 0; i < 4000; i++) {
        size_t n = dice_below(&d, sizeof noise);
        for (size_t k = 0; k < n; k++)
            noise[k] = (char)dice_next(&d);
        for (size_t m = 0; m < COUNT(masks); m++)
            bad += masks[m](&a, (struct str){ noise, n }).n > 3 * n + 8;
    }
    memset(huge, 'a', sizeof huge);
    for (size_t m = 0; m < COUNT(masks); m++)
        bad += masks[m](&a, (struct str){ huge, sizeof huge }).n > 1000;
    OK_INT(bad, 0);
}

int main(void)
{
    check(mask_phone, phones, COUNT(phones));
    check(mask_idnum, idnums, COUNT(idnums));
    check(mask_name, names, COUNT(names));
    check(mask_address, addresses, COUNT(addresses));
    test_noise();
    arena_done(&a);
    return tap_end();
}
