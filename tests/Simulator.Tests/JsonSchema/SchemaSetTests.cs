using System.Text;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>What cannot be honoured is refused when it is loaded, with file, pointer and a way out.</summary>
public sealed class SchemaSetTests
{
    [Theory]
    [InlineData("""{"items":{"$ref":"https://example.com/a.json"}}""", "/items/$ref", "'https://example.com/a.json', which is not among the documents")]
    [InlineData("""{"$ref":"other.json"}""", "/$ref", "not among the documents")]
    [InlineData("""{"$ref":"#/definitions/a"}""", "/$ref", "there is nothing in that document")]
    [InlineData("""{"$ref":1}""", "/$ref", "must be a URI")]
    [InlineData("""{"$ref":"#"}""", "/$ref", "leads back to itself")]
    [InlineData("""{"definitions":{"a":{"anyOf":[{"type":"null"},{"$ref":"#/definitions/a"}]}}}""", "/definitions/a", "would never end")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", "/properties/a/pattern", "the pattern '(' cannot be used")]
    [InlineData("""{"pattern":"(?i)a"}""", "/pattern", "starts no group of ECMA 262")]
    [InlineData("""{"pattern":"a\\Z"}""", "/pattern", "means nothing in ECMA 262")]
    [InlineData("""{"patternProperties":{"[a":{}}}""", "/patternProperties/[a", "not closed")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema"}""", "/$schema", "write the schema in draft-07")]
    [InlineData("""{"allOf":[{"unevaluatedProperties":false}]}""", "/allOf/0/unevaluatedProperties", "belongs to a later draft")]
    [InlineData("""{"definitions":{"unused":{"requried":["a"]}}}""", "/definitions/unused/requried", "no keyword 'requried'")]
    [InlineData("""{"contentMediaType":"application/json"}""", "/contentMediaType", "is not checked here")]
    [InlineData("""{"format":"uuid"}""", "/format", "no format 'uuid'")]
    [InlineData("""{"type":"any"}""", "/type", "must be one or more of")]
    [InlineData("""{"minLength":-1}""", "/minLength", "0 or more")]
    [InlineData("""{"exclusiveMinimum":true}""", "/exclusiveMinimum", "must be a number")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf", "greater than 0")]
    [InlineData("""{"required":"a"}""", "/required", "an array of names")]
    [InlineData("""{"required":[1]}""", "/required", "an array of names")]
    [InlineData("""{"properties":{"a":1}}""", "/properties/a", "a schema is an object, true or false")]
    [InlineData("""{"anyOf":[]}""", "/anyOf", "at least one schema")]
    [InlineData("""{"uniqueItems":1}""", "/uniqueItems", "true or false")]
    [InlineData("""{"a":1,"a":2}""", "", "no JSON")]
    [InlineData("not json", "", "no JSON")]
    public void Load_WhatCannotBeHonoured_IsRefusedWithItsPlace(string schema, string pointer, string problem)
    {
        var refusal = Assert.Throws<SchemaException>(() => SchemaSet.Load([Document("folder/a.json", schema)]));

        Assert.Equal(("folder/a.json", pointer), (refusal.File, refusal.Pointer));
        Assert.Contains(problem, refusal.Message);
    }

    [Fact]
    public void Load_DocumentsThatReferToEachOther_FindEachOtherByPathAndById()
    {
        var set = SchemaSet.Load(
        [
            Document("a/list.json", """{"items":{"$ref":"../common.json#/definitions/port"},"x-note":"fine"}"""),
            Document("common.json", """{"definitions":{"port":{"type":"integer","maximum":65535}}}"""),
            Document("b.json", """{"$id":"https://acme.example/b.json","type":"null"}"""),
            Document("c.json", """{"$ref":"https://acme.example/b.json#"}"""),
        ]);

        Assert.True(set["a/list.json"].IsValid("[80]"u8));
        Assert.False(set["a/list.json"].IsValid("[80000]"u8));
        Assert.True(set["c.json"].IsValid("null"u8));
        Assert.False(set["c.json"].IsValid("1"u8));
    }

    [Fact]
    public void Load_TwoSchemasOfOneId_AreRefused() =>
        Assert.Contains("a.json#", Assert.Throws<SchemaException>(() => SchemaSet.Load(
            [Document("a.json", """{"$id":"https://acme.example/x"}"""), Document("b.json", """{"$id":"https://acme.example/x"}""")])).Message);

    private static SchemaDocument Document(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
