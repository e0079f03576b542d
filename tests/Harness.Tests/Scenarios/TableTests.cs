using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 12: the table itself.</summary>
public sealed class TableTests
{
    [Fact]
    public void Rows_ByColumnAndIndex_TheirCells()
    {
        var table = Fleet();

        Assert.Equal(["name", "wheels"], table.Header);
        Assert.Equal(2, table.RowCount);
        Assert.Equal("4", table.Rows[0]["wheels"]);
        Assert.Equal("bike", table.Rows[1][0]);
        Assert.Equal(["car", "bike"], table.Rows.Select(row => row["name"]));
        Assert.Equal([KeyValuePair.Create("name", "car"), KeyValuePair.Create("wheels", "4")], table.Rows[0]);
        Assert.True(table.Rows[0].TryGetValue("wheels", out _));
        Assert.False(table.Rows[0].TryGetValue("Wheels", out _));
    }

    [Fact]
    public void Rows_UnknownColumn_IndexOutOfRange()
        => Assert.Contains("name, wheels", Assert.Throws<IndexOutOfRangeException>(() => Fleet().Rows[0]["doors"]).Message);

    [Fact]
    public void Rows_AddOrRemoveColumn_NotSupported()
    {
        IDictionary<string, string> row = Fleet().Rows[0];

        Assert.Throws<NotSupportedException>(() => row.Add("doors", "5"));
        Assert.Throws<NotSupportedException>(() => row.Remove("name"));
        row["wheels"] = "3";
        Assert.Equal("3", row["wheels"]);
    }

    [Fact]
    public void AddRow_ByColumns_MissingOnesAreEmpty()
    {
        var table = Fleet();
        table.AddRow(new Dictionary<string, string> { ["wheels"] = "18" });

        Assert.Equal("", table.Rows[2]["name"]);
        Assert.Throws<ArgumentException>(() => table.AddRow("only one"));
        Assert.Throws<ArgumentException>(() => table.AddRow(new Dictionary<string, string> { ["doors"] = "5" }));
    }

    [Fact]
    public void RenameColumn_Known_FoundUnderTheNewName()
    {
        var table = Fleet();
        table.RenameColumn("wheels", "tyres");

        Assert.Equal("4", table.Rows[0]["tyres"]);
        Assert.True(table.ContainsColumn("tyres"));
        Assert.False(table.ContainsColumn("wheels"));
        Assert.Throws<ArgumentException>(() => table.RenameColumn("wheels", "x"));
    }

    [Fact]
    public void ToString_Cells_Padded()
    {
        var lines = Fleet().ToString().Split(Environment.NewLine);

        Assert.Equal(["| name | wheels |", "| car  | 4      |", "| bike | 2      |", ""], lines);
        Assert.Equal("| name | wheels |", Fleet().ToString(headersOnly: true, withNewLine: false));
    }

    [Fact]
    public void Table_NoOrEqualColumns_Refused()
    {
        Assert.Throws<ArgumentException>(() => new Table());
        Assert.Throws<ArgumentException>(() => new DataTable("a", "a"));
    }

    private static DataTable Fleet()
    {
        var table = new DataTable("name", "wheels");
        table.AddRow("car", "4");
        table.AddRow("bike", "2");
        return table;
    }
}
