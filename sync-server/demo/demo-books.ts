/**
 * What the demonstration group is made of. All names, numbers and people are invented; GSTINs get their check digit when they are used.
 */
export interface DemoCollege {
  readonly code: string;
  readonly name: string;
  readonly address: string;
  readonly stateCode: string;
  readonly pan: string;
  readonly mail: string;
  readonly accountant: string;
  readonly principal: string;
}

export const demoColleges: readonly DemoCollege[] = [
  {
    code: 'SCE',
    name: 'Sahyadri College of Engineering',
    address: 'Paud Road, Kothrud, Pune 411038',
    stateCode: '27',
    pan: 'AAATS4821K',
    mail: 'sahyadri.example',
    accountant: 'Meera Kulkarni',
    principal: 'Dr. Anand Deshpande',
  },
  {
    code: 'KAS',
    name: 'Kaveri College of Arts and Science',
    address: 'Hunsur Road, Vijayanagar, Mysuru 570017',
    stateCode: '29',
    pan: 'AAATK7390D',
    mail: 'kaveri.example',
    accountant: 'Ramesh Gowda',
    principal: 'Dr. Lakshmi Narayan',
  },
  {
    code: 'NIM',
    name: 'Narmada Institute of Management',
    address: 'Old Padra Road, Vadodara 390015',
    stateCode: '24',
    pan: 'AAATN1562R',
    mail: 'narmada.example',
    accountant: 'Jignesh Patel',
    principal: 'Dr. Farida Contractor',
  },
];

export const groupPeople = [
  { name: 'Sunita Rao', email: 'sunita.rao@group.example', role: 'super_accountant' },
  { name: 'CA Vikram Mehta', email: 'vikram.mehta@audit.example', role: 'auditor' },
  { name: 'Arjun Nair', email: 'arjun.nair@group.example', role: 'it_admin' },
] as const;

/** The password of everybody in the demonstration. It opens nothing else: it exists only where MUNIM_DEMO is set. */
export const demoPassword = 'munim-demo-2026';

export interface DemoSupply {
  readonly category: string;
  readonly accountCode: string;
  /** The vendor's name in each college. */
  readonly vendors: readonly [string, string, string];
  /** The vendor's PAN; null for one without GST. */
  readonly pan: string | null;
  readonly bills: readonly string[];
  /** Whole rupees before GST. */
  readonly fromRupees: number;
  readonly toRupees: number;
  readonly gstPercent: number;
  readonly tdsPercent: number;
  readonly outOfState: boolean;
  /** How many of a hundred bills come from this vendor. */
  readonly share: number;
}

const supply = (
  category: string,
  accountCode: string,
  pan: string | null,
  vendors: readonly [string, string, string],
  bills: readonly string[],
  rupees: readonly [number, number],
  share: number,
  tax: { readonly gst?: number; readonly tds?: number; readonly outOfState?: boolean } = {},
): DemoSupply => ({
  category,
  accountCode,
  vendors,
  pan,
  bills,
  fromRupees: rupees[0],
  toRupees: rupees[1],
  gstPercent: tax.gst ?? 0,
  tdsPercent: tax.tds ?? 0,
  outOfState: tax.outOfState ?? false,
  share,
});

export const demoSupplies: readonly DemoSupply[] = [
  supply(
    'utilities',
    '5300',
    null,
    ['MSEDCL Pune Circle', 'CESC Mysuru', 'MGVCL Vadodara'],
    ['Electricity charges, main campus', 'Electricity charges, hostel block'],
    [38_000, 1_45_000],
    6,
  ),
  supply(
    'utilities',
    '5300',
    'AABCB5576G',
    ['Bharat Fibre Networks', 'Cauvery Broadband Services', 'Gujarat Fibrelink'],
    ['Leased line, 200 Mbps', 'Broadband, library and hostel'],
    [9_000, 32_000],
    4,
    { gst: 18 },
  ),
  supply(
    'supplies',
    '5200',
    'AAGFD3127L',
    ['Deccan Office Mart', 'Chamundi Stationers', 'Alkapuri Office Point'],
    ['A4 paper, 40 reams', 'Toner cartridges for the office', 'Files, folders and registers'],
    [1_800, 18_000],
    11,
    { gst: 18 },
  ),
  supply(
    'supplies',
    '5200',
    'AHWPS6642J',
    ['श्री गणेश पेपर मार्ट', 'ಶ್ರೀ ಮಂಜುನಾಥ ಸ್ಟೋರ್ಸ್', 'શ્રી અંબિકા સ્ટેશનરી'],
    ['Chalk, dusters and markers', 'Answer booklets'],
    [900, 7_500],
    8,
    { gst: 12 },
  ),
  supply(
    'maintenance',
    '5400',
    'AAKFP9031H',
    ['Pune Electricals and Plumbing', 'Nanjangud Road Works', 'Sayaji Repairs'],
    ['Plumbing, girls hostel', 'Replacement of ceiling fans', 'Lift maintenance, quarterly'],
    [3_500, 46_000],
    9,
    { gst: 18, tds: 2 },
  ),
  supply(
    'maintenance',
    '5400',
    'AADCC4410F',
    ['CoolAir Services', 'Mysore Air Systems', 'Baroda Cooling'],
    ['Annual maintenance of air conditioners', 'Gas filling, seminar hall'],
    [4_000, 38_000],
    4,
    { gst: 18, tds: 2 },
  ),
  supply(
    'infrastructure',
    '5500',
    'AABCT7718N',
    ['TechnoServe Labs', 'Infosolve Computers', 'Gaekwad Infotech'],
    ['Desktop computers for the laboratory', 'Projector and screen, hall 2', 'Network switches'],
    [65_000, 3_80_000],
    4,
    { gst: 18 },
  ),
  supply(
    'infrastructure',
    '5500',
    'AAHFG2287C',
    ['Godavari Furniture', 'Sandal Wood Works', 'Makarpura Furniture'],
    ['Benches for classrooms', 'Steel cupboards'],
    [24_000, 1_60_000],
    4,
    { gst: 18, outOfState: true },
  ),
  supply(
    'travel',
    '5600',
    'AAECV8814E',
    ['Vayu Travels', 'KSTDC Taxi Stand', 'Sardar Tours'],
    ['Taxi, university visit', 'Bus for the industrial visit', 'Train tickets, faculty conference'],
    [600, 24_000],
    9,
    { gst: 5 },
  ),
  supply(
    'events',
    '5650',
    'AAOFU5503B',
    ['Utsav Caterers', 'Nandini Caterers', 'Rasoi Caterers'],
    ['Lunch, alumni meet', 'Refreshments, induction day', 'Dinner, guest lecture'],
    [8_000, 92_000],
    5,
    { gst: 5 },
  ),
  supply(
    'library',
    '5700',
    'AACCS3390P',
    ['Sarasvati Book House', 'Sapna Readers', 'Gyan Ganga Books'],
    ['Text books, semester list', 'Reference books, statistics'],
    [4_500, 68_000],
    6,
  ),
  supply(
    'library',
    '5700',
    'AABCE6629M',
    ['Elsevier Press Agency', 'Eastern Journals', 'Eduserve Journals'],
    ['Journal subscription, annual'],
    [30_000, 1_20_000],
    2,
    { gst: 18, outOfState: true },
  ),
  supply(
    'laboratory',
    '5710',
    'AAFFC1945Q',
    ['Chem Lab Suppliers', 'Deepak Scientific', 'Sigma Lab Traders'],
    ['Chemicals for practicals', 'Glassware', 'Electronic components'],
    [2_500, 42_000],
    7,
    { gst: 18 },
  ),
  supply(
    'professional_fees',
    '5800',
    'AAUFK0078S',
    ['Kelkar and Associates', 'Murthy and Company', 'Shah Bhatt LLP'],
    ['Internal audit, quarter', 'GST return filing', 'Legal opinion, affiliation'],
    [12_000, 85_000],
    4,
    { gst: 18, tds: 10 },
  ),
  supply(
    'rent',
    '5820',
    'ADKPB7245R',
    ['Shrikant Bhave (hostel building)', 'Sudha Ramaswamy (hostel)', 'Pravin Desai (annexe)'],
    ['Rent of the hostel building'],
    [85_000, 1_10_000],
    3,
    { tds: 10 },
  ),
  supply(
    'insurance',
    '5830',
    'AAACN4165C',
    ['National Suraksha Insurance', 'Dakshin General Insurance', 'Paschim Insurance'],
    ['Group cover for students', 'Vehicle insurance, college bus'],
    [18_000, 1_40_000],
    1,
    { gst: 18 },
  ),
  supply(
    'printing',
    '5210',
    'AALFM8890T',
    ['Mudra Offset', 'Kannada Mudrana', 'Chitralekha Printers'],
    ['Prospectus, 1,500 copies', 'Identity cards', 'Question papers'],
    [2_200, 54_000],
    5,
    { gst: 12 },
  ),
  supply(
    'security',
    '5420',
    'AAGCR2051A',
    ['Rakshak Guards', 'Suraksha Vahini', 'Kavach Security'],
    ['Guards, three shifts, month'],
    [42_000, 78_000],
    4,
    { gst: 18, tds: 2 },
  ),
  supply(
    'housekeeping',
    '5410',
    'AAJFS6617D',
    ['Swachh Services', 'Nirmala Housekeeping', 'Safai Mitra'],
    ['Housekeeping staff, month', 'Cleaning material'],
    [6_000, 64_000],
    5,
    { gst: 18, tds: 2 },
  ),
  supply(
    'miscellaneous',
    '5900',
    null,
    ['Kirana and sundry, petty cash', 'Petty cash, office', 'Petty cash, front office'],
    ['Courier charges', 'Tea for the examination committee', 'Flowers, Independence Day'],
    [150, 4_800],
    9,
  ),
];
