using Reqnroll.Assist;

namespace Reqnroll;

/// <summary>Compares a table with one object.</summary>
internal static class InstanceComparison
{
    /// <exception cref="ComparisonException">A member differs or does not exist; the message lists all of them.</exception>
    public static void CompareToInstance<T>(this Table table, T instance)
    {
        if (instance is null) throw new ComparisonException("The object to compare with is null.");
        var differences = Differences(table, instance);
        if (differences.Count > 0)
            throw new ComparisonException($"These fields do not match:{Environment.NewLine}{string.Join(Environment.NewLine, differences)}");
    }

    public static bool IsEquivalentToInstance<T>(this Table table, T instance) => instance is not null && Differences(table, instance).Count == 0;

    private static List<string> Differences(Table table, object instance)
    {
        var members = TableMember.Of(instance.GetType());
        List<string> differences = [];
        foreach (var (name, expected) in TableShape.CellsOfOne(table, instance.GetType()))
        {
            var member = members.FirstOrDefault(one => one.IsNamedBy(name));
            if (member is null)
                differences.Add($"{name}: does not exist");
            else if (member.Get(instance) is var actual && !CellComparison.AreEqual(expected, actual))
                differences.Add($"{name}: expected <{expected}>, actual <{CellComparison.Display(actual)}>");
        }

        return differences;
    }
}
