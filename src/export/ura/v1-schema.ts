/**
 * The schema of format 1.0. Production takes official identity codes only, test the artificial series 900-999 only, so
 * that test data can never enter a production register and the other way round.
 *
 * @see DOMAIN 5.3
 */
export function importSchemaV1(environment: "production" | "test"): string {
  const individual = environment === "production" ? "(00[2-9]|0[1-9][0-9]|[1-8][0-9]{2})" : "9[0-9]{2}";
  const name = environment === "production" ? "PROD" : "TEST";
  return `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:ilmo:import:1" targetNamespace="urn:ilmo:import:1" elementFormDefault="qualified" version="1.0">
  <xs:simpleType name="Teksti"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="2000"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Nimi"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="100"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Uuid"><xs:restriction base="xs:string"><xs:pattern value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Henkilotunnus"><xs:restriction base="xs:string"><xs:pattern value="(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}[+\\-YXWVUABCDEF]${individual}[0-9ABCDEFHJKLMNPRSTUVWXY]"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Osapaiva"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Puhelin"><xs:restriction base="xs:string"><xs:pattern value="\\+[0-9]{5,15}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Postinumero"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{5}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Asiakasnumero"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{1,20}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Korttinumero"><xs:restriction base="xs:string"><xs:pattern value="[A-Z0-9]{1,20}"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="KyllaVahanEi"><xs:restriction base="xs:string"><xs:enumeration value="KYLLA"/><xs:enumeration value="VAHAN"/><xs:enumeration value="EI"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Koodattu"><xs:simpleContent><xs:extension base="Teksti"><xs:attribute name="koodi" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Henkilo"><xs:sequence>
    <xs:element name="Sukunimi" type="Nimi" minOccurs="0"/>
    <xs:element name="Etunimet" type="Nimi"/>
    <xs:element name="EntisetNimet" type="Teksti" minOccurs="0"/>
    <xs:choice>
      <xs:element name="Henkilotunnus" type="Henkilotunnus"/>
      <xs:sequence><xs:element name="Syntymaaika" type="xs:date"/><xs:element name="MigriAsiakasnumero" type="Asiakasnumero"/></xs:sequence>
    </xs:choice>
    <xs:element name="Sukupuoli" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="MIES"/><xs:enumeration value="NAINEN"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="Syntymavaltio" type="Koodattu" minOccurs="0"/>
    <xs:element name="Kansalaisuus" type="Koodattu" minOccurs="0" maxOccurs="5"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Yhteystiedot"><xs:sequence>
    <xs:element name="Lahiosoite" type="Teksti" minOccurs="0"/>
    <xs:element name="Postinumero" type="Postinumero" minOccurs="0"/>
    <xs:element name="Postitoimipaikka" type="Teksti" minOccurs="0"/>
    <xs:element name="Kotikunta" type="Koodattu" minOccurs="0"/>
    <xs:element name="Puhelin" type="Puhelin" minOccurs="0"/>
    <xs:element name="Sahkoposti" type="Teksti" minOccurs="0"/>
  </xs:sequence><xs:attribute name="turvakielto" type="xs:boolean" use="required"/></xs:complexType>
  <xs:complexType name="Oleskelulupa"><xs:sequence>
    <xs:element name="Tyyppi" type="Nimi" minOccurs="0"/>
    <xs:element name="Peruste" type="Teksti" minOccurs="0"/>
    <xs:element name="Alkaa" type="xs:date" minOccurs="0"/>
    <xs:element name="Paattyy" type="xs:date" minOccurs="0"/>
    <xs:element name="Korttinumero" type="Korttinumero" minOccurs="0"/>
    <xs:element name="MuuttanutSuomeen" type="Osapaiva" minOccurs="0"/>
  </xs:sequence><xs:attribute name="pysyva" type="xs:boolean" use="required"/></xs:complexType>
  <xs:complexType name="Kielet"><xs:sequence>
    <xs:element name="Aidinkieli" type="Koodattu" minOccurs="0"/>
    <xs:element name="Asiointikieli" type="Nimi" minOccurs="0"/>
    <xs:element name="Tulkkauskieli" type="Koodattu" minOccurs="0"/>
    <xs:element name="LatinalaisetAakkoset" type="KyllaVahanEi" minOccurs="0"/>
    <xs:element name="LukutaitoAidinkielella" type="KyllaVahanEi" minOccurs="0"/>
    <xs:element name="MuuKielitaito" type="Teksti" minOccurs="0"/>
  </xs:sequence><xs:attribute name="tulkki" type="xs:boolean" use="required"/></xs:complexType>
  <xs:complexType name="Koulutus"><xs:sequence>
    <xs:element name="Kouluvuodet" type="xs:nonNegativeInteger" minOccurs="0"/>
    <xs:element name="Koulutusaste" type="Koodattu" minOccurs="0"/>
    <xs:element name="Tutkinto" type="Teksti" minOccurs="0"/>
    <xs:element name="TutkintoMaa" type="Koodattu" minOccurs="0"/>
    <xs:element name="TutkintoVuosi" type="Osapaiva" minOccurs="0"/>
    <xs:element name="KeskeneraisetOpinnot" type="xs:boolean" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Tyosuhde"><xs:sequence>
    <xs:element name="Tyonantaja" type="Teksti" minOccurs="0"/>
    <xs:element name="Tehtava" type="Koodattu" minOccurs="0"/>
    <xs:element name="Maa" type="Koodattu" minOccurs="0"/>
    <xs:element name="Alkoi" type="Osapaiva" minOccurs="0"/>
    <xs:element name="Paattyi" type="Osapaiva" minOccurs="0"/>
    <xs:element name="PaattymisenSyy" type="Teksti" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Tyo"><xs:sequence>
    <xs:element name="Ammatti" type="Koodattu" minOccurs="0"/>
    <xs:element name="Tyosuhde" type="Tyosuhde" minOccurs="0" maxOccurs="4"/>
    <xs:element name="Yritystoiminta" type="xs:boolean" minOccurs="0"/>
    <xs:element name="Ajokortti" type="Nimi" minOccurs="0"/>
    <xs:element name="VoiAloittaa" type="xs:date" minOccurs="0"/>
    <xs:element name="ToivotutTyot" type="Teksti" minOccurs="0"/>
    <xs:element name="Tyonhakualue" type="Teksti" minOccurs="0"/>
    <xs:element name="Etuus" type="Nimi" minOccurs="0"/>
  </xs:sequence><xs:attribute name="kokoaikatyo" type="xs:boolean" use="required"/><xs:attribute name="heti" type="xs:boolean" use="required"/></xs:complexType>
  <xs:complexType name="Ryhmainfo"><xs:attribute name="tunnus" type="xs:string" use="required"/><xs:attribute name="kieli" type="xs:string" use="required"/><xs:attribute name="paiva" type="xs:date" use="required"/></xs:complexType>
  <xs:complexType name="Ilmoittautuminen"><xs:sequence>
    <xs:element name="Henkilo" type="Henkilo"/>
    <xs:element name="Yhteystiedot" type="Yhteystiedot"/>
    <xs:element name="Oleskelulupa" type="Oleskelulupa"/>
    <xs:element name="Kielet" type="Kielet"/>
    <xs:element name="Koulutus" type="Koulutus"/>
    <xs:element name="Tyo" type="Tyo"/>
    <xs:element name="Ryhmainfo" type="Ryhmainfo" minOccurs="0"/>
  </xs:sequence>
    <xs:attribute name="id" type="Uuid" use="required"/>
    <xs:attribute name="versio" type="xs:positiveInteger" use="required"/>
    <xs:attribute name="toiminto" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="UUSI"/><xs:enumeration value="KORVAAVA"/></xs:restriction></xs:simpleType></xs:attribute>
    <xs:attribute name="viite" type="xs:string" use="required"/>
    <xs:attribute name="saapunut" type="xs:date" use="required"/>
    <xs:attribute name="hyvaksynyt" type="xs:string" use="required"/>
    <xs:attribute name="hyvaksytty" type="xs:dateTime" use="required"/>
  </xs:complexType>
  <xs:complexType name="Mitatointi">
    <xs:attribute name="id" type="Uuid" use="required"/>
    <xs:attribute name="versio" type="xs:positiveInteger" use="required"/>
    <xs:attribute name="toiminto" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="MITATOINTI"/></xs:restriction></xs:simpleType></xs:attribute>
  </xs:complexType>
  <xs:element name="Ilmoittautumiset">
    <xs:complexType>
      <xs:choice minOccurs="1" maxOccurs="500"><xs:element name="Ilmoittautuminen" type="Ilmoittautuminen"/><xs:element name="Mitatointi" type="Mitatointi"/></xs:choice>
      <xs:attribute name="versio" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="1.0"/></xs:restriction></xs:simpleType></xs:attribute>
      <xs:attribute name="ymparisto" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="${name}"/></xs:restriction></xs:simpleType></xs:attribute>
      <xs:attribute name="eraId" type="Uuid" use="required"/>
      <xs:attribute name="eraNumero" type="xs:positiveInteger" use="required"/>
      <xs:attribute name="luotu" type="xs:dateTime" use="required"/>
      <xs:attribute name="lahettaja" type="xs:string" use="required"/>
    </xs:complexType>
    <xs:unique name="YksiTietuePerId"><xs:selector xpath="*"/><xs:field xpath="@id"/></xs:unique>
  </xs:element>
</xs:schema>
`;
}
