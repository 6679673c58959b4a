"""Given names heard in these islands, so that a name in a text can be told from other capitals.

A few hundred, from many communities: enough to point most names out, never a promise of all."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
aaron abbie abdul abdullah abena abigail abraham ada adam adele adeola adrian afua agata agnes agnieszka
ahmad ahmed aidan aisha aisling akosua alan alana albert alejandro aleksandra alena alex alexander
alexandra alfie alfred ali alice alicia alina alisha alison allan allison alma alun amal amanda amara
amber amelia amina amir amira amit amy ana andre andrea andreea andrei andrew andy aneta angela angus
anil anita anja ann anna anne annette annie anthony antonio anwar anya april archie ariana arjun arran
arthur arun asha ashley ashraf asif asma astrid audrey ava ayesha aziz babatunde barbara barry bartosz
beata becky ben benjamin bernadette bernard beth bethany beverley bianca bilal blessing bogdan brandon
brenda brendan brian bridget bronwen bruce bruno bryan caitlin callum calum cameron camilla carl carla
carlos carmel carol carole caroline carolyn carys caspar catherine cathy catriona cecilia cedric celia
charlene charles charlie charlotte chantelle chelsea cheryl chidi chinedu chloe chris christina christine
christopher ciara claire clara clare clive colette colin colleen connor conor constance corey courtney
craig cristina cynthia dafydd dai daisy damian damien dan dana daniel daniela danielle danny darius darren
daryl dave david dean deborah debbie debra declan deepak deirdre delroy demi denise dennis derek dermot
desmond devon diana diane dilip dimitri dinesh dominic dominik donald donna doreen doris dorota dorothy
doug douglas duncan dylan eamonn ebony eddie edith edward edwin eileen ekaterina elaine eleanor elena eleri
elijah elizabeth ella ellen ellie elliot elsie emeka emil emilia emily emma emmanuel enid eric erica erin
ernest esther ethan eugene eunice eva evan evelyn ewa ewan fabian farah farhan farid fatima fatou fiona
flora florence folasade frances francesca francis fraser freddie frederick freya fuad gabriel gabriela
gail gareth garry gary gavin gemma geoff geoffrey george georgia georgina gerald gerard geraldine ghulam
gillian gina giovanni gladys glen glenn gloria gordon graham grazyna greg gregory greta gurpreet gustav
guy gwen gwyneth habib hadiza hafsa haleema halina hamid hamza hana hannah harjit harold harpreet harriet
harry harvey hasan hassan hayley hazel heather hector heidi helen helena henry hilary hilda holly howard
hugh hugo hussain hussein ian ibrahim idris ieuan ifeoma igor ikram ilona imogen imran ines ingrid ioana
iqbal irena irene iris irina irma isaac isabel isabella isla ismail ivan ivana ivy jacek jackie jackson
jacob jacqueline jade jaime jake jakub jamal james jamie jan jana jane janet janice janine jasmin jasmine
jason javed javier jean jeanette jeff jeffrey jemma jenna jennifer jenny jeremy jermaine jerome jerzy jess
jessica jill jim jimmy joan joanna joanne jodie joe joel johanna john johnny jolanta jonas jonathan jordan
jorge jose joseph josephine josh joshua joyce juan judith judy julia julian julie juliet june justin
justyna kabir kadiatu kamal kamil kamran karen karim karin karina karl karolina kasia kate katherine
kathleen kathryn kathy katie katrina kavita kayleigh keiran keith kelly kelvin ken kenneth kenny keri
kerry kevin khadija khalid kieran kim kimberley kirsten kirsty klara kofi krishna krystyna kristina
krzysztof kuba kulwinder kwabena kwame kyle lakshmi lamin lance lara laszlo latifa laura lauren laurence
lawrence leah leanne lee leila lena lenka leo leon leona leonard lesley leslie lewis liam lilian lily linda
lindsay lindsey lisa liz lloyd logan lorna lorraine louis louisa louise lucia lucas lucy luigi luis luke
lukasz lydia lyn lynda lynn lynne mackenzie madeleine madina magda magdalena mahmoud mahmud maisie malcolm
malgorzata malik mandy manjit manuel marcel marcia marcin marco marcus marek margaret maria mariam mariana
marie marilyn marina mario marion marjorie marlene marta martha martin martina martyn mary maryam mateusz
matilda matt matthew maureen maurice max maxine megan mehdi mehmet mei melanie melissa mercy meryl michael
michaela michal michelle miguel mihai mike mildred miles milena millie mina miranda miriam mohamed mohammad
mohammed moira molly mona monica monika morag morgan moses muhammad muriel musa mustafa myra nadia nadine
nafisa nancy naomi nasreen natalia natalie natasha nathan nathaniel naveed nazia neil nelson ngozi niall
niamh nicholas nick nicky nicola nicole nigel nikita nikolai nina noah noel noor nora norma norman nuala
nur obinna olga oliver olivia olu oluwaseun omar oscar osman owen pablo padraig pamela paolo parveen pascal
patience patricia patrick patryk paul paula pauline pavel pawel pedro peggy penelope penny percy peter petra
petros phil philip philippa phoebe phyllis pierre piotr polly prakash precious preeti priya przemyslaw
rachael rachel rafael rafal rahim rahul raj rajesh ralph ramesh ramon rania raphael rashid raymond razia
rebecca reece reggie reginald rekha rhiannon rhona rhys ricardo richard ricky rita robbie robert roberto
robin rochelle roderick rodney roger roisin roland roman ronald ronnie rory rosa rosalind rosemary rosie
roshan rowena roxanne roy ruby rukhsana rupert russell ruth ryan sabina sabrina saeed safiya saima sajid
sakina salim sally salma salman samantha samir samira samson samuel sana sandeep sandra sanjay sara sarah
saskia sean sebastian selina serena sergei shabana shabnam shahid shakira shane shannon shaheen sharon
shaun shauna shazia sheila shelley shereen sheryl shirley shona siân sian sidney silvia simon simone
sinead siobhan sofia solomon sonia sonya sophia sophie stacey stanislaw stan stanley stefan stella stephanie
stephen steve steven stewart stuart sue suleiman sunil sunita suresh surinder susan susanna susie suzanne
svetlana sybil sylvia syed tabitha tahir tamara tanya tara tariq tatiana ted temitope terence teresa terry
tess thea thelma theo theresa thomas tiffany tim timothy tina tobias toby todd tom tomas tomasz tommy toni
tony tracey tracy trevor trisha tristan tunde tyler tyrone ulrich umar una ursula usman valentina valerie
vanessa vasile vera vernon veronica veronika vicky victor victoria vijay vikram vincent viola violet virginia
vivian vivien wahid walter wanda wasim wayne wendy wesley wilfred william willie winifred winston wojciech
xavier yasir yasmin yolanda yosef yousef youssef yuri yusuf yvette yvonne zach zachary zahra zainab zak zara
zbigniew zeinab zoe zofia zsofia zuzana
""".split()
)
