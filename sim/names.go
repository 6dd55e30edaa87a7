package sim

// The names of the school. All of them are inventions: common surnames and
// given names put together by chance.
var (
	surnames = []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "许", "何", "吕", "张", "孔", "曹", "严", "金", "魏", "陶", "姜", "谢", "邹", "苏", "潘", "葛", "范", "彭", "鲁", "马", "方", "袁", "欧阳", "司马", "上官", "诸葛"}
	given    = []string{"子涵", "雨桐", "浩然", "思远", "欣怡", "梓轩", "诗涵", "宇航", "佳怡", "俊杰", "可馨", "博文", "梦瑶", "一鸣", "若曦", "天佑", "语嫣", "志远", "晓彤", "明哲", "静怡", "睿", "悦", "晨", "朵", "航", "琪", "磊", "文博", "安琪", "嘉懿", "煜城", "弘文", "乐天", "雪", "丹", "凯", "书豪", "清扬", "望舒"}
	first    = []string{"Olivia", "Liam", "Amara", "Noah", "Priya", "Mateo", "Chloe", "Ethan", "Yusuf", "Hannah", "Lucas", "Ingrid", "Kofi", "Elena", "Oscar", "Freya", "Tariq", "Sofia", "Henrik", "Maeve", "Dmitri", "Alice", "Björn", "Zoë", "René", "Aoife"}
	last     = []string{"Smith", "García", "Okafor", "Nguyen", "Müller", "Patel", "Johansson", "Kowalski", "Rossi", "O'Brien", "Tanaka", "Dubois", "Silva", "Novák", "Haddad", "Kim", "Andersen", "Lindqvist", "Moreau", "Adeyemi"}
	odd      = []string{"陈思远 (Ryan Chen)", "Maximilian-Alexander von Hohenstein-Wittgensberg", "古丽米热·阿不都热依木江", "王小明👓", "さくら Sakura", "김민준 (Minjun)", "Ms. Rivera 👩‍🏫", "Александра Волкова", "سارة أحمد", "Ｌｉｌｙ　全角", "张伟(补课,周三周五)", "Anne-Sophie De La Croix-Beaumont"}

	grades   = []string{"初一", "初二", "初三", "高一", "高二", "高三"}
	subjects = []string{"语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "政治", "信息技术", "音乐鉴赏", "美术"}
	courses  = []string{"Algebra II B", "AP Physics C", "IELTS Speaking 6.5", "World History 10A", "Intro to Python", "Chemistry Honors", "English Reading Club", "Geometry 9C", "Creative Writing", "SAT Math Sprint", "Biology Lab 3", "Debate Team"}
	specials = []string{"公开课:宇宙的边界在哪里?", "一对一 口语 Oral English 1v1", "奥数集训 (提高班) 第12讲 组合与图论", "Parents' Evening 家长会", "名师直播|文言文阅读的三把钥匙"}

	places = []string{"广东省深圳市", "北京市", "上海市", "浙江省杭州市", "江苏省南京市", "四川省成都市", "湖北省武汉市", "陕西省西安市", "山东省青岛市", "福建省厦门市", "湖南省长沙市", "河南省郑州市", "新疆乌鲁木齐市", "广西南宁市", "Singapore", "Kuala Lumpur, Malaysia", "Sydney, Australia", "Vancouver, Canada", "London, UK", "Tokyo, Japan",
		"广东省广州市", "浙江省宁波市", "江苏省苏州市", "重庆市", "天津市", "辽宁省大连市", "吉林省长春市", "黑龙江省哈尔滨市", "河北省石家庄市", "山西省太原市", "安徽省合肥市", "江西省南昌市", "贵州省贵阳市", "海南省海口市", "甘肃省兰州市", "内蒙古呼和浩特市", "香港", "澳门", "台北市", "New York, USA", "Los Angeles, USA", "Paris, France", "Berlin, Germany", "Dubai, UAE"}

	// exodusPlace is where the many come from who leave at once; nobody else
	// lives there.
	exodusPlace = "云南省昆明市"

	chatter = []string{"老师好", "听不清楚", "没听懂,能再讲一遍吗?", "收到", "这道题选C", "卡了", "Good morning!", "Can you repeat that please?", "yes", "I can't see the slides", "好的谢谢老师", "作业什么时候交?", "老师,第三题的辅助线怎么画?", "666", "😂😂", "what page are we on?", "懂了", "网络不太好", "My mic is not working", "老师辛苦了", "答案是 x=3 吗", "+1", "Could you share the file again?", "下课后可以看回放吗?"}
	spam    = []string{"哈哈哈哈哈哈哈哈哈", "谁要开黑", "加我好友 有资料", "boring!!!!!", "aaaaaaaaaaaaaaaaa"}
	lessons = []string{"请大家看第 3 页", "下面我们做一道练习题", "Let's look at the next example.", "有问题请举手", "Please mute yourselves.", "这个公式一定要记住", "Very good!", "今天的作业已经发到群里"}

	oneRight = map[bool][]string{ // by whether the class is in English
		false: {"下列哪一项是正确的?", "这句话使用了哪种修辞手法?", "函数 f(x) 在哪个区间单调递增?", "下列说法错误的是", "这幅地图的比例尺是多少?"},
		true:  {"What is the main idea of paragraph 2?", "Pick the correct past tense.", "Which of these is a prime number?", "What happens to the wavelength?"},
	}
	severalRight = map[bool][]string{
		false: {"下列物质中属于氧化物的有(多选)", "光合作用需要哪些条件?(多选)", "以下哪些是文言虚词?(多选)"},
		true:  {"Choose all that apply: properties of waves", "Which of these are prime numbers? (several)", "Select every adverb in the sentence."},
	}
	papers = []string{"第三章 牛顿运动定律", "Unit 5 Reading", "三角函数复习提纲", "Lab Safety", "文言文精读", "期中试卷讲评", "Quadratic Equations", "分子的热运动", "Grammar Workshop", "地图与经纬网"}
)
