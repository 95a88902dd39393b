// Plain JavaScript, as `data.mjs`: what the narrations and names of the generated vouchers are made of.

export const givenNames =
  'Aarav Aditi Ajay Akash Amit Amruta Ananya Anil Anjali Arjun Asha Bhavesh Chetan Deepa Dinesh Divya Farhan Gauri Girish Harsha Imran Isha Jayant Kabir Kavita Kiran Lalita Madhav Mahesh Manasi Meera Mihir Mohan Namrata Nikhil Nilesh Omkar Pallavi Pooja Prakash Pranav Priya Rahul Rajesh Ramesh Rekha Ritu Rohan Sachin Sameer Sandhya Sanjay Sarita Shruti Sneha Sunil Swati Tanvi Tejas Uma Varun Vidya Vikram Yash Zoya'.split(
    ' ',
  );
export const familyNames =
  'Agarwal Apte Bansal Bhosale Chavan Chitale Dalvi Deshmukh Deshpande Dixit Gaikwad Ghosh Gokhale Gupta Iyer Jadhav Jain Joshi Kadam Kale Kamble Khan Kulkarni Limaye Mane Mehta Mishra More Mukherjee Naik Nair Pandey Patel Patil Pawar Phadke Prasad Rao Rathod Reddy Sabnis Sahu Salunkhe Sawant Shah Shaikh Sharma Shetty Shinde Singh Sonawane Sutar Tambe Thakur Tiwari Varma Vaidya Wagh Yadav Zende'.split(
    ' ',
  );
export const houses =
  'Annapurna Bharat Brahmaputra Chinar Deccan Dhanvantari Everest Ganesh Godavari Himalaya Indus Jagdamba Kaveri Konkan Krishna Lakshmi Mahalaxmi Malabar Narmada Navjeevan Nilgiri Omkar Padma Prabhat Pragati Raigad Sahyadri Samarth Saraswati Satpura Shivneri Shree Siddhi Sindhu Suvarna Swastik Tapti Trimurti Vaishnavi Vindhya'.split(
    ' ',
  );
export const trades = [
  'Traders',
  'Electricals',
  'Scientific Instruments',
  'Stationers',
  'Caterers',
  'Book House',
  'Power Solutions',
  'Security Services',
  'Computers',
  'Furniture Works',
  'Travels',
  'Printing Press',
  'Chemicals',
];
export const goods = [
  'A4 paper',
  'diesel for the generator',
  'lab glassware',
  'annual maintenance of lifts',
  'bus hire for the industrial visit',
  'toner cartridges',
  'fire extinguishers',
  'answer booklets',
  'microscope slides',
  'network switches',
  'hostel mattresses',
  'reference books',
  'housekeeping material',
  'projector lamps',
  'sports goods',
  'water purifier filters',
  'laboratory reagents',
  'garden maintenance',
  'exam hall tables',
  'uniforms of the security staff',
];
export const places = [
  'main building',
  'boys hostel',
  'girls hostel',
  'workshop',
  'library',
  'canteen',
  'seminar hall',
  'auditorium',
];
export const courses = ['BE Computer', 'BE Mechanical', 'BE Civil', 'BSc Physics', 'BCom', 'MBA', 'BPharm', 'MTech'];
export const hindi = ['छात्रावास शुल्क', 'परीक्षा शुल्क', 'पुस्तकालय शुल्क', 'प्रयोगशाला शुल्क', 'वार्षिक उत्सव'];
export const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
