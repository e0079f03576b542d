using Reqnroll;
using Reqnroll.Assist;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 12: objects from tables, and tables against objects.</summary>
public sealed class TableObjectTests
{
    [Fact]
    public void CreateInstance_OneRow_MembersAsHeader()
    {
        var car = Table(["Name", "wheel count", "Built_On", "unknown"], ["Ford", "4", "2024-01-02", "x"]).CreateInstance<Car>();

        Assert.Equal(("Ford", 4, new DateTime(2024, 1, 2)), (car.Name, car.WheelCount, car.BuiltOn));
    }

    [Theory]
    [InlineData("Field", "Value")]
    [InlineData("any", "thing")]
    public void CreateInstance_SeveralRows_MembersGoDown(string first, string second)
    {
        var car = Table([first, second], ["unknown", "x"], ["NAME", "Ford"], ["WheelCount", "4"]).CreateInstance<Car>();

        Assert.Equal(("Ford", 4), (car.Name, car.WheelCount));
    }

    [Fact]
    public void CreateInstance_OneRowOfTwoColumns_FirstCellDecides()
    {
        Assert.Equal("Ford", Table(["member", "is"], ["Name", "Ford"]).CreateInstance<Car>().Name);
        Assert.Equal("Ford", Table(["Name", "WheelCount"], ["Ford", "4"]).CreateInstance<Car>().Name);
        Assert.Equal("Ford", Table(["Field", "Value"], ["Name", "Ford"]).CreateInstance<Car>().Name);
    }

    [Fact]
    public void CreateInstance_Cells_ConvertedOrDefault()
    {
        var car = Table(
            ["Name", "WheelCount", "BuiltOn", "Electric", "Price", "Seats", "Kind", "Tags", "Sizes", "Id", "Ratio", "Gap"],
            ["", "many", "someday", "1", "1,250.40", "", "heavy duty", "a; b,c", "1, 2", "7f", "1,5", "00:00:30"]).CreateInstance<Car>();

        Assert.Equal(("", 0, default, true, 1250.40m, null), (car.Name, car.WheelCount, car.BuiltOn, car.Electric, car.Price, car.Seats));
        Assert.Equal(Kind.HeavyDuty, car.Kind);
        Assert.Equal(["a", "b", "c"], car.Tags);
        Assert.Equal([1, 2], car.Sizes);
        Assert.StartsWith("7f000000-", car.Id.ToString());
        Assert.Equal(15, car.Ratio);
        Assert.Equal(TimeSpan.FromSeconds(30), car.Gap);
        Assert.False(Table(["Electric"], ["maybe"]).CreateInstance<Car>().Electric);
        Assert.Null(Table(["Maybe"], [""]).CreateInstance<Car>().Maybe);
        Assert.Throws<InvalidOperationException>(() => Table(["Kind"], ["feather"]).CreateInstance<Car>());
    }

    [Fact]
    public void CreateInstance_Record_SmallestConstructorThatTakesAllColumns()
    {
        Assert.Equal(new Point(1, 0, "none"), Table(["X"], ["1"]).CreateInstance<Point>());
        Assert.Equal(new Point(1, 2, "p"), Table(["x", "Y", "label", "unknown"], ["1", "2", "p", "!"]).CreateInstance<Point>());
        Assert.Equal(5, Table(["X"], ["5"]).CreateInstance<Two>().X);
        Assert.Throws<MissingMethodException>(() => Table(["Length"], ["5"]).CreateInstance<Point>());
    }

    [Fact]
    public void CreateInstance_Tuple_ByPosition()
        => Assert.Equal(("Ford", 4), Table(["what", "ever"], ["Ford", "4"]).CreateInstance<(string, int)>());

    [Fact]
    public void CreateInstance_Options_DemandColumnsAndParameters()
    {
        var strict = new InstanceCreationOptions { VerifyAllColumnsBound = true };
        var complete = new InstanceCreationOptions { RequireTableToProvideAllConstructorParameters = true };

        Assert.Equal(4, Table(["WheelCount"], ["4"]).CreateInstance<Car>(strict).WheelCount);
        Assert.Contains("Wheel Count", Assert.Throws<ColumnCouldNotBeBoundException>(() => Table(["Wheel Count"], ["4"]).CreateInstance<Car>(strict)).Message);
        Assert.Throws<MissingMethodException>(() => Table(["X"], ["1"]).CreateInstance<Point>(complete));
    }

    [Fact]
    public void FillInstance_Object_OnlyWhatIsNamed()
    {
        var car = new Car { Name = "Ford", WheelCount = 4 };

        Table(["WheelCount"], ["3"]).FillInstance(car);

        Assert.Equal(("Ford", 3), (car.Name, car.WheelCount));
        Assert.Equal("made", Table(["WheelCount"], ["3"]).CreateInstance(() => new Car { Name = "made" }).Name);
    }

    [Fact]
    public void CreateSet_Rows_OneObjectEach()
    {
        var table = Table(["Name", "WheelCount"], ["car", "4"], ["bike", "2"]);

        Assert.Equal([("car", 4), ("bike", 2)], table.CreateSet<Car>().Select(car => (car.Name, car.WheelCount)));
        Assert.Equal([9m, 9m], table.CreateSet(() => new Car { Price = 9 }).Select(car => car.Price));
        Assert.Equal(["CAR", "BIKE"], table.CreateSet(row => new Car { Label = row["Name"].ToUpperInvariant() }).Select(car => car.Label));
        Assert.Equal([new Point(1, 2, "none")], Table(["X", "Y"], ["1", "2"]).CreateSet<Point>());
    }

    [Fact]
    public void CompareToInstance_Differences_AllListed()
    {
        var car = new Car { Name = "Ford", WheelCount = 4, Tags = ["a", "b"], Seats = null, BuiltOn = new DateTime(2024, 1, 2) };

        Table(["name", "Wheel Count", "Tags", "Seats", "BuiltOn"], ["Ford", "4", "a,b", "", "2024-01-02"]).CompareToInstance(car);
        var error = Assert.Throws<ComparisonException>(() => Table(["Name", "WheelCount", "Doors"], ["Ford", "3", "5"]).CompareToInstance(car));

        Assert.Contains("WheelCount: expected <3>, actual <4>", error.Message);
        Assert.Contains("Doors: does not exist", error.Message);
        Assert.DoesNotContain("Name", error.Message);
        Assert.True(Table(["Name"], ["Ford"]).IsEquivalentToInstance(car));
        Assert.False(Table(["Name"], ["ford"]).IsEquivalentToInstance(car));
        Assert.False(Table(["Name"], ["Ford"]).IsEquivalentToInstance(new Car()));
        Assert.False(Table(["WheelCount"], ["many"]).IsEquivalentToInstance(new Car()));
        Assert.Throws<ComparisonException>(() => Table(["Name"], ["Ford"]).CompareToInstance<Car?>(null));
    }

    [Fact]
    public void CompareToSet_AnyOrder_Multiset()
    {
        Car[] cars = [new() { Name = "a" }, new() { Name = "b" }, new() { Name = "a" }];

        Table(["Name"], ["a"], ["a"], ["b"]).CompareToSet(cars);
        Table(["Name"], ["a"], ["b"], ["a"]).CompareToSet(cars, sequentialEquality: true);
        Assert.Throws<ComparisonException>(() => Table(["Name"], ["a"], ["a"], ["b"]).CompareToSet(cars, sequentialEquality: true));
        Assert.Throws<ComparisonException>(() => Table(["Name"], ["a"], ["b"]).CompareToSet(cars));
        Assert.Throws<ComparisonException>(() => Table(["Name"], ["a"], ["b"], ["a"], ["c"]).CompareToSet(cars, sequentialEquality: true));
        Assert.Throws<ComparisonException>(() => Table(["Name"], ["a"], ["b"], ["b"]).CompareToSet(cars));
        Assert.Contains("Doors", Assert.Throws<ComparisonException>(() => Table(["Doors"], ["5"]).CompareToSet(cars)).Message);
    }

    [Fact]
    public void CompareToSet_Different_TableWithMinusAndPlus()
    {
        Car[] cars = [new() { Name = "van", WheelCount = 4 }, new() { Name = "bike", WheelCount = 2 }];

        var error = Assert.Throws<ComparisonException>(() => Table(["Name", "WheelCount"], ["bike", "2"], ["truck", "18"]).CompareToSet(cars));

        Assert.Equal(
            ["  | Name  | WheelCount |", "  | bike  | 2          |", "- | truck | 18         |", "+ | van   | 4          |"],
            error.Message.Split(Environment.NewLine)[1..]);
    }

    private static DataTable Table(string[] header, params string[][] rows)
    {
        var table = new DataTable(header);
        foreach (var row in rows) table.AddRow(row);
        return table;
    }

    internal enum Kind
    {
        Light,
        HeavyDuty,
    }

    internal sealed class Car
    {
#pragma warning disable CA1051 // Fields are settable members, too.
        public string? Label;
#pragma warning restore CA1051

        public string? Name { get; set; }

        public int WheelCount { get; set; }

        public DateTime BuiltOn { get; init; }

        public bool Electric { get; set; }

        public decimal Price { get; set; }

        public int? Seats { get; set; } = 5;

        public Kind Kind { get; set; }

        public Kind? Maybe { get; set; } = TableObjectTests.Kind.Light;

        public List<string> Tags { get; set; } = [];

        public int[] Sizes { get; set; } = [];

        public Guid Id { get; set; }

        public float Ratio { get; set; }

        public TimeSpan Gap { get; set; }
    }

    internal sealed record Point(int X, int Y = 0, string Label = "none")
    {
        public int Length => X + Y;
    }

    internal sealed class Two
    {
        public Two(int x, int y, int z) => X = x + y + z + 100;

        public Two(int x, int y) => X = x + y;

        public int X { get; }
    }
}
